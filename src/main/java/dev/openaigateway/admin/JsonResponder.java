package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Responds with a document as JSON with names in snake case. Thread-safe. */
public final class JsonResponder implements Processor {

    /** Creates the document. */
    @FunctionalInterface
    public interface Source {

        /** @return an object that Jackson can write, or a {@link Reply} */
        Object read(AdminRequest request) throws Exception;
    }

    /** A document with a status other than 200. */
    public record Reply(int status, Object document) {
    }

    private final Source source;

    public JsonResponder(Source source) {
        this.source = source;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Object document = source.read(AdminRequest.of(exchange));
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        if (document instanceof Reply reply) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, reply.status());
            document = reply.document();
        }
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setHeader("Cache-Control", "no-store");
        message.setBody(Buffer.buffer(Documents.MAPPER.writeValueAsBytes(document)));
    }

    /** A document as it is written. */
    public static JsonNode tree(Object document) {
        return Documents.MAPPER.valueToTree(document);
    }

    /** Loaded with the first document, as {@link dev.openaigateway.openai.Json} is. */
    private static final class Documents {

        static final ObjectMapper MAPPER = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.ALWAYS)
                .build();
    }
}
