package dev.openaigateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Errors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Responds like a model, with a sentence about the request. The route sets the exchange property {@code kind} to
 * {@code chat}, {@code text} or {@code embedding}, and {@code dialect} to the provider to imitate. A stream is sent word by
 * word, 80 ms apart.
 */
public final class DemoResponder implements Processor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long WORD_NANOS = TimeUnit.MILLISECONDS.toNanos(80);

    private final InstantSource clock;
    private final BooleanSupplier on;

    /** @param on whether the demo is active; if not, requests are refused with 404 */
    public DemoResponder(InstantSource clock, BooleanSupplier on) {
        this.clock = clock;
        this.on = on;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        if (!on.getAsBoolean()) {
            throw Errors.unknownUrl(message.getRequest().method().name(), message.getRequest().path()).exception();
        }
        JsonNode request = JSON.readTree(((Buffer) message.getBody()).getBytes());
        String dialect = exchange.getProperty("dialect", String.class);
        String kind = exchange.getProperty("kind", String.class);
        DemoText text = DemoText.about(request, dialect, clock.instant().getEpochSecond());
        if (!kind.equals("embedding") && request.path("stream").asBoolean()) {
            stream(message.getResponse(), kind.equals("chat") ? text.chatEvents(request) : text.completionEvents(request));
            message.setBody(null);
        } else {
            whole(message, switch (kind) {
                case "embedding" -> text.embedding();
                case "text" -> text.completion();
                default -> text.chat();
            });
        }
    }

    private static void whole(Message message, ObjectNode response) throws IOException {
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(JSON.writeValueAsBytes(response)));
    }

    private static void stream(HttpServerResponse response, List<String> events) {
        response.setChunked(true).putHeader("content-type", "text/event-stream");
        for (String event : events) {
            if (response.closed()) {
                break;
            }
            response.write("data: " + event + "\n\n");
            LockSupport.parkNanos(WORD_NANOS);
        }
        response.end("data: [DONE]\n\n");
    }
}
