package dev.openaigateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
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
 * Responds as a model would, with a sentence about the request. The path names the operation and, before it, the kind of
 * provider to respond as. A stream comes word by word.
 */
public final class DemoResponder implements Processor {

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
        JsonNode request = Json.MAPPER.readTree(((Buffer) message.getBody()).getBytes());
        String path = message.getRequest().path().replaceFirst("/$", "");
        String format = path.startsWith("/demo/azure/deepseek/") ? "deepseek" : path.startsWith("/demo/azure/") ? "azure" : "generic";
        boolean embedding = path.endsWith("/embeddings");
        boolean chat = path.endsWith("/chat/completions");
        DemoText text = DemoText.about(request, format, clock.instant().getEpochSecond());
        if (!embedding && request.path("stream").asBoolean()) {
            stream(message.getResponse(), chat ? text.chatEvents(request) : text.completionEvents(request));
            message.setBody(null);
        } else {
            whole(message, embedding ? text.embedding() : chat ? text.chat() : text.completion());
        }
    }

    private static void whole(Message message, ObjectNode response) throws IOException {
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(Json.MAPPER.writeValueAsBytes(response)));
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
