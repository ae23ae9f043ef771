package dev.openaigateway.gateway;

import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.call.RuleProperties;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpUtils;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
    private static final Pattern OPENAI = Pattern.compile("(?:" + ClientPaths.OPENAI + "|" + ClientPaths.DEEPSEEK + ")(.+?)/?");
    private static final Pattern AZURE = Pattern.compile(ClientPaths.AZURE + "(?:deployments/([^/]+)/|v1/)?(.+)");

    /** @throws dev.openaigateway.openai.ApiException 404 if the path names no operation */
    @Override
    public void process(Exchange exchange) {
        if (exchange.getProperty(RuleProperties.OPERATION) != null) {
            return;
        }
        HttpServerRequest request = ClientRequest.message(exchange).getRequest();
        String path = HttpUtils.normalizePath(request.path());
        Matcher openai = OPENAI.matcher(path);
        Matcher azure = AZURE.matcher(path);
        Optional<Operation> operation = openai.matches() ? operation(openai.group(1), request)
                : azure.matches() ? operation(azure.group(2), request) : Optional.empty();
        exchange.setProperty(RuleProperties.OPERATION, operation.orElseThrow(() ->
                Errors.unknownUrl(request.method().name(), request.path()).exception()).path());
        if (!openai.matches() && azure.group(1) != null) {
            DEPLOYMENT.set(exchange, new Deployment(URLDecoder.decode(azure.group(1), StandardCharsets.UTF_8)));
        }
    }

    /** The deployment in the path; null if the path names none. */
    static String deployment(Exchange exchange) {
        Deployment deployment = DEPLOYMENT.get(exchange);
        return deployment == null ? null : deployment.name();
    }

    private static Optional<Operation> operation(String name, HttpServerRequest request) {
        Optional<Operation> named = request.method() == HttpMethod.POST ? Operation.fromPath(name) : Optional.empty();
        return named.or(() -> Operation.ofObjectPath(name + "/"));
    }
}
