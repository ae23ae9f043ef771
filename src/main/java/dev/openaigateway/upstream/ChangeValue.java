package dev.openaigateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.openai.response.errors.ErrorMember;

import java.io.IOException;

/** A JSON value in place of the object with which an upstream says that it has deleted or cancelled something. */
public final class ChangeValue {

    private ChangeValue() {
    }

    /**
     * Whether the value reports no failure, as {@code null}, {@code true} and {@code []}. Objects are read elsewhere.
     *
     * @param body the whole body
     */
    public static boolean isSuccess(byte[] body) {
        JsonNode value = LooseJson.tree(body);
        if (!value.isArray()) {
            return value.isNull() || value.isNumber() || value.isBoolean() && value.booleanValue() || value.isTextual() && !ErrorMember.isFailure(value);
        }
        for (JsonNode element : value) {
            if (!element.isObject() || reportsError(element)) {
                return false;
            }
        }
        return true;
    }

    private static boolean reportsError(JsonNode object) {
        try {
            return JsonResponse.read(Json.MAPPER.writeValueAsBytes(object)).error() != null;
        } catch (IOException e) {
            return true;
        }
    }
}
