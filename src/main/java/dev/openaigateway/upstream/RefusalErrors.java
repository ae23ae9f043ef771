package dev.openaigateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises the errors that mean "the prompt is too long for this model" and "the content filter refused". Providers and
 * servers word them in different ways: OpenAI, Azure, Anthropic, llama.cpp, vLLM and SGLang among them.
 */
final class RefusalErrors {

    /** Statuses with a meaning of their own: key, deployment, time, conflict, limit. */
    private static final Set<Integer> OTHER_MEANING = Set.of(401, 402, 403, 404, 408, 409, 429);
    private static final Set<String> LENGTH_CODES = Set.of(
            "context_length_exceeded", "model_max_prompt_tokens_exceeded", "exceed_context_size_error");
    private static final Set<String> FILTER_CODES = Set.of(
            "content_filter", "contentfilter", "content_policy_violation", "moderation_blocked", "responsibleaipolicyviolation");
    private static final List<String> LENGTH_PHRASES = List.of(
            "maximum context length is", "longer than the model's context length", "prompt is too long",
            "exceeds the available context size", "exceed the available context size", "exceeds the context window",
            "exceed context limit", "input is too long for requested model");
    private static final List<String> FILTER_PHRASES = List.of(
            "content management policy", "content filtering policy", "flagged as potentially violating our usage policy");

    private RefusalErrors() {
    }

    /**
     * @param status the HTTP status; {@link UpstreamError#UNKNOWN_STATUS} for an error that came with a status of success
     * @return null if the error has none of the signs
     */
    static FallbackTrigger triggerOf(int status, UpstreamError error) {
        if (OTHER_MEANING.contains(status)) {
            return null;
        }
        String code = error.code().toLowerCase(Locale.ROOT);
        String type = error.type().toLowerCase(Locale.ROOT);
        if (LENGTH_CODES.contains(code) || LENGTH_CODES.contains(type)) {
            return FallbackTrigger.CONTEXT_LENGTH;
        }
        if (FILTER_CODES.contains(code) || FILTER_CODES.contains(type)) {
            return FallbackTrigger.CONTENT_FILTER;
        }
        return status >= 500 ? null : inDetails(error);
    }

    /** A server error is not judged by its message, since the message may quote anything. */
    private static FallbackTrigger inDetails(UpstreamError error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        if (LENGTH_PHRASES.stream().anyMatch(message::contains)) {
            return FallbackTrigger.CONTEXT_LENGTH;
        }
        return FILTER_PHRASES.stream().anyMatch(message::contains) || isFilteredByAzure(error.body())
                ? FallbackTrigger.CONTENT_FILTER : null;
    }

    private static boolean isFilteredByAzure(byte[] body) {
        if (body == null) {
            return false;
        }
        try {
            JsonNode error = Json.MAPPER.readTree(body).path("error");
            JsonNode inner = error.has("innererror") ? error.path("innererror") : error.path("inner_error");
            return inner.path("code").asText().equals("ResponsibleAIPolicyViolation") || inner.has("content_filter_result");
        } catch (IOException e) {
            return false;
        }
    }
}
