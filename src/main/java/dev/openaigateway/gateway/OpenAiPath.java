package dev.openaigateway.gateway;

import dev.openaigateway.affinity.Passthrough;
import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpUtils;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the operation from the request path in the forms of OpenAI, Azure and DeepSeek, and the deployment from Azure's
 * dated form. Rules see the operation as an exchange property. Uses the path as the server received it: in Camel's headers a query
 * parameter could replace part of the path. An operation set by the route is kept.
 */
public final class OpenAiPath implements Processor {

    private record Deployment(String name) {
    }

    private static final ExchangeSlot<Deployment> DEPLOYMENT = new ExchangeSlot<>(Deployment.class);
    private static final Pattern AZURE = Pattern.compile(ClientPaths.AZURE + "(?:deployments/([^/]+)/|v1/)?(.+)");

    private final Passthrough passed;

    public OpenAiPath(Passthrough passed) {
        this.passed = passed;
    }

    /** @throws dev.openaigateway.openai.ApiException 404 if the path names no operation */
    @Override
    public void process(Exchange exchange) {
        if (exchange.getProperty(RuleProperties.OPERATION) != null) {
            return;
        }
        String path = ClientPaths.called(HttpUtils.normalizePath(ClientRequest.message(exchange).getRequest().path()));
        if (path.startsWith(ClientPaths.OPENAI)) {
            setOperation(exchange, ClientPaths.withoutSlash(path.substring(ClientPaths.OPENAI.length())));
        } else if (path.startsWith(ClientPaths.DEEPSEEK)) {
            setOperation(exchange, ClientPaths.withoutSlash(path.substring(ClientPaths.DEEPSEEK.length())));
        } else {
            readAzure(exchange, AZURE.matcher(ClientPaths.withoutSlash(path)));
        }
    }

    private void readAzure(Exchange exchange, Matcher path) {
        boolean matches = path.matches();
        setOperation(exchange, matches ? path.group(2) : "");
        if (matches && path.group(1) != null) {
            DEPLOYMENT.set(exchange, new Deployment(ClientPaths.decoded(path.group(1))));
        }
    }

    private void setOperation(Exchange exchange, String name) {
        HttpServerRequest request = ClientRequest.message(exchange).getRequest();
        String path = ClientPaths.called(request.path());
        exchange.setProperty(RuleProperties.OPERATION, operation(name, request).or(() -> passed.of(request.method().name(), path))
                .orElseThrow(() -> Errors.unknownUrl(request.method().name(), path).exception()).path());
    }

    /** The deployment in the path; null if the path names none. */
    static String deployment(Exchange exchange) {
        Deployment deployment = DEPLOYMENT.get(exchange);
        return deployment == null ? null : deployment.name();
    }

    private static Optional<Operation> operation(String name, HttpServerRequest request) {
        Optional<Operation> named = request.method() == HttpMethod.POST ? Operation.fromPath(name).filter(known -> known != Operation.PASSTHROUGH) : Optional.empty();
        return named.or(() -> Operation.ofObjectPath(name + "/"));
    }
}
