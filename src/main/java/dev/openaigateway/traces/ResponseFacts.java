package dev.openaigateway.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a span shows of a response, read from a whole one or from the events of a stream: nothing of its content. Not thread-safe. */
final class ResponseFacts {

    private static final JsonFactory JSON = new JsonFactory();
    /** The states of the Responses API in which a response has ended. */
    private static final Set<String> ENDS = Set.of("completed", "incomplete", "failed", "cancelled");
    private static final int MOST_REASONS = 128;

    private final List<String> finishReasons = new ArrayList<>(1);
    private String id;
    private String model;

    /** Reads JSON in OpenAI's format. What cannot be read is left out. */
    void read(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readResponse(parser);
            }
        } catch (IOException e) {
            // The response goes to the client as it is; the span shows what was read before.
            return;
        }
    }

    /** Null if it was not seen. */
    String id() {
        return id;
    }

    /** The model as the upstream names it; null if it was not seen. */
    String model() {
        return model;
    }

    /** The finish reasons of the choices in the order of their ends, or the last status of a response. */
    List<String> finishReasons() {
        return finishReasons;
    }

    private void readResponse(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "id" -> id = value == JsonToken.VALUE_STRING ? parser.getText() : id;
                case "model" -> model = value == JsonToken.VALUE_STRING ? parser.getText() : model;
                case "status" -> finished(value == JsonToken.VALUE_STRING && ENDS.contains(parser.getText()) ? parser.getText() : null);
                case "choices" -> readChoices(parser, value);
                case "response" -> {
                    if (value == JsonToken.START_OBJECT) {
                        readResponse(parser);
                    }
                }
                default -> parser.skipChildren();
            }
            if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
                parser.skipChildren();
            }
        }
    }

    private void readChoices(JsonParser parser, JsonToken list) throws IOException {
        while (list == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean reason = parser.currentName().equals("finish_reason");
                JsonToken value = parser.nextToken();
                finished(reason && value == JsonToken.VALUE_STRING && !parser.getText().isEmpty() ? parser.getText() : null);
                parser.skipChildren();
            }
        }
    }

    private void finished(String reason) {
        if (reason != null && finishReasons.size() < MOST_REASONS) {
            finishReasons.add(reason);
        }
    }
}
