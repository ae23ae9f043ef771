package dev.openaigateway.upstream.errors;

import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.openai.UpstreamError;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises the errors that mean "the prompt is too long for this model" and "the content filter refused". Providers and
 * servers word them in different ways: OpenAI, Azure, Anthropic, llama.cpp, vLLM and SGLang among them.
 */
public final class RefusalErrors {

    /** OpenRouter: the input was flagged. Otherwise the status concerns the key. */
    private static final int MODERATED = 403;
    /** Statuses with a meaning of their own: key, deployment, time, conflict, limit. */
    private static final Set<Integer> OTHER_MEANING = Set.of(401, 402, 403, 404, 408, 409, 429);
    private static final Set<String> LENGTH_CODES = Set.of(
            "context_length_exceeded", "model_max_prompt_tokens_exceeded", "exceed_context_size_error");
    private static final Set<String> FILTER_CODES = Set.of(
            "content_filter", "contentfilter", "content_policy_violation", "moderation_blocked",
            "image_content_policy_violation", "responsibleaipolicyviolation");
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
    public static FallbackTrigger triggerOf(int status, UpstreamError error) {
        String code = error.code().toLowerCase(Locale.ROOT);
        if (status == MODERATED && (FILTER_CODES.contains(code) || ErrorDetails.of(error).isFiltered())) {
            return FallbackTrigger.CONTENT_FILTER;
        }
        if (OTHER_MEANING.contains(status)) {
            return null;
        }
        String type = error.type().toLowerCase(Locale.ROOT);
        if (LENGTH_CODES.contains(code) || LENGTH_CODES.contains(type)) {
            return FallbackTrigger.CONTEXT_LENGTH;
        }
        if (FILTER_CODES.contains(code) || FILTER_CODES.contains(type)) {
            return FallbackTrigger.CONTENT_FILTER;
        }
        return status >= 500 ? null : byMessageOrDetails(error);
    }

    /** @param code in lower case */
    static boolean isKnownCode(String code) {
        return LENGTH_CODES.contains(code) || FILTER_CODES.contains(code);
    }

    /** A server error is not judged by its message, since the message may quote anything. */
    private static FallbackTrigger byMessageOrDetails(UpstreamError error) {
        String message = error.message().toLowerCase(Locale.ROOT);
        if (LENGTH_PHRASES.stream().anyMatch(message::contains)) {
            return FallbackTrigger.CONTEXT_LENGTH;
        }
        return FILTER_PHRASES.stream().anyMatch(message::contains) || ErrorDetails.of(error).isFiltered()
                ? FallbackTrigger.CONTENT_FILTER : null;
    }
}
