package dev.openaigateway.entry;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.Errors;
import dev.openaigateway.api.JsonBody;
import dev.openaigateway.api.JsonBodyReader;
import dev.openaigateway.api.Operation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Reads what routing needs from the request. The route says in the property {@code operation} what is asked for, and
 * in {@code deployment} which model, where the path names it.
 */
public final class ReadRequest implements Processor {

    /** Exchange properties for rules. */
    public static final String MODEL = "model";
    public static final String STREAM = "stream";
    public static final String OPERATION = "operation";
    public static final String DEPLOYMENT = "deployment";

    private final Supplier<Duration> timeout;

    /** @param timeout for all attempts together */
    public ReadRequest(Supplier<Duration> timeout) {
        this.timeout = timeout;
    }

    @Override
    public void process(Exchange exchange) {
        Call call = Call.of(exchange);
        HttpMessage message = ClientRequest.message(exchange);
        requireJson(message.getRequest());
        Operation operation = Operation.at(exchange.getProperty(OPERATION, String.class)).orElseThrow(() ->
                new IllegalStateException("The route " + exchange.getFromRouteId() + " sets no known operation."));
        JsonBody body = JsonBodyReader.read(bytes(message.getBody()));
        String deployment = exchange.getProperty(DEPLOYMENT, String.class);
        String model = deployment == null ? body.model() : deployment;
        if (model == null || model.isBlank()) {
            throw Errors.missing("model").exception();
        }
        call.read(operation, body, model);
        call.requestedVersion(message.getRequest().getParam("api-version"));
        call.mustBeJudgedBy(call.arrivedNanos() + timeout.get().toNanos());
        exchange.setProperty(MODEL, model);
        exchange.setProperty(STREAM, body.stream());
    }

    private static void requireJson(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        boolean json = type == null || type.toLowerCase(Locale.ROOT).startsWith("application/json");
        if (!json || request.getHeader("content-encoding") != null) {
            throw Errors.unsupportedMediaType("application/json, without a Content-Encoding").exception();
        }
    }

    /** Camel's own conversion of a Vert.x buffer walks its whole registry of converters. */
    private static byte[] bytes(Object body) {
        if (body instanceof Buffer buffer && buffer.length() > 0) {
            return buffer.getBytes();
        }
        throw Errors.notJson("It is empty.").exception();
    }
}
