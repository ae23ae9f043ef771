package dev.openaigateway.gateway;

import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a path as Azure's clients write it the operation and, in the dated form, the deployment, which is the model.
 * From the path itself: among Camel's headers query parameters could stand in for parts of the path.
 */
public final class AzurePath implements Processor {

    private static final Pattern DEPLOYMENT = Pattern.compile("/openai/deployments/([^/]+)/(.+)");
    private static final Pattern NEWER = Pattern.compile("/openai/(?:v1/)?(.+)");

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = ClientRequest.message(exchange).getRequest();
        Matcher deployment = DEPLOYMENT.matcher(request.path());
        Matcher newer = NEWER.matcher(request.path());
        if (deployment.matches()) {
            exchange.setProperty(ReadRequest.DEPLOYMENT, URLDecoder.decode(deployment.group(1), StandardCharsets.UTF_8));
            exchange.setProperty(ReadRequest.OPERATION, known(deployment.group(2), request));
        } else if (newer.matches()) {
            exchange.setProperty(ReadRequest.OPERATION, known(newer.group(1), request));
        } else {
            throw Errors.unknownUrl(request.method().name(), request.path()).exception();
        }
    }

    private static String known(String path, HttpServerRequest request) {
        Optional<Operation> named = request.method() == HttpMethod.POST ? Operation.fromPath(path) : Optional.empty();
        return named.or(() -> Operation.ofObjectPath(path)).orElseThrow(() ->
                Errors.unknownUrl(request.method().name(), request.path()).exception()).path();
    }
}
