package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Serializes an error as OpenAI's JSON error object, in UTF-8. */
public final class ErrorBody {

    private static final JsonFactory JSON = new JsonFactory();

    private ErrorBody() {
    }

    public static byte[] of(ApiError error) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", error.message());
            json.writeStringField("type", error.type());
            json.writeStringField("param", error.param());
            json.writeStringField("code", error.code());
            if (!error.attempts().isEmpty()) {
                writeAttempts(json, error);
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void writeAttempts(JsonGenerator json, ApiError error) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (AttemptReport attempt : error.attempts()) {
            json.writeStartObject();
            json.writeStringField("instance", attempt.instance());
            json.writeNumberField("status", attempt.status());
            json.writeStringField("reason", attempt.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
