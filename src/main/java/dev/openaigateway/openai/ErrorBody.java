package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/** Serializes an error as OpenAI's JSON error object, in UTF-8. */
public final class ErrorBody {

    private ErrorBody() {
    }

    public static byte[] of(ApiError error) {
        return JsonOutput.write(json -> write(json, error));
    }

    private static void write(JsonGenerator json, ApiError error) throws IOException {
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
    }

    private static void writeAttempts(JsonGenerator json, ApiError error) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (AttemptReport attempt : error.attempts()) {
            json.writeStartObject();
            json.writeStringField("instance", attempt.instance());
            json.writeNumberField("status", attempt.status());
            json.writeStringField("reason", attempt.shown());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
