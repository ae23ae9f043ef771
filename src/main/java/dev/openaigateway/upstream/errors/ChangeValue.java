package dev.openaigateway.upstream.errors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.response.JsonResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an upstream says in place of the object that it has deleted or cancelled. Its status of success holds unless the body reports an error:
 * after a failure the client would believe that the object is still there, and another instance would not know it.
 */
public final class ChangeValue {

    private static final Pattern FAILURE = Pattern.compile("(?i)(?<!no |without )(?:\\b(?:errors?|fail(?:s|ed|ure)?|exception|unable|denied|forbidden"
            + "|unauthorized|invalid|unavailable|(?:can|could)(?:not| not)|not found|timed out)\\b|失败|错误)|^\\s*<(?:!doctype html|html)\\b");
    /** Members that hold words. A failure shows in them or in the others. */
    private static final List<String> WORDS = List.of("detail", "details", "message", "msg");

    private ChangeValue() {
    }

    /**
     * Whether the body reports no failure, as {@code null}, {@code true}, {@code []} and {@code Deleted}.
     *
     * @param body the whole body
     */
    public static boolean isSuccess(byte[] body) {
        JsonNode value = value(body);
        return value.isMissingNode() ? !isFailure(new String(body, StandardCharsets.UTF_8)) : isSuccess(value);
    }

    /** Whether the body is JSON of any kind. */
    public static boolean isJson(byte[] body) {
        return !value(body).isMissingNode();
    }

    private static JsonNode value(byte[] body) {
        try {
            return Json.MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(body);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static boolean isSuccess(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return !reportsError(object);
        }
        for (JsonNode element : value) {
            if (!isSuccess(element)) {
                return false;
            }
        }
        return value.isTextual() ? !isFailure(value.textValue()) : !value.isBoolean() || value.booleanValue();
    }

    private static boolean isFailure(String text) {
        return FAILURE.matcher(text).find();
    }

    private static boolean reportsError(ObjectNode object) {
        ObjectNode others = object.deepCopy();
        others.remove(WORDS.stream().filter(name -> object.path(name).isTextual() && !isFailure(object.path(name).textValue())).toList());
        try {
            return JsonResponse.read(Json.MAPPER.writeValueAsBytes(others)).error() != null;
        } catch (IOException e) {
            return true;
        }
    }
}
