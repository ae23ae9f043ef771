package dev.openaigateway.request;

import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.problem.DidYouMean;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/** Names of request members and of headers, to find misspelt and forbidden ones when a rule is loaded. */
final class RequestNames {

    /** Top-level members of OpenAI's requests, and of the sampling that other upstreams add. */
    private static final Set<String> MEMBERS = Set.of("model", "messages", "input", "prompt", "instructions", "stream", "stream_options",
            "max_tokens", "max_completion_tokens", "max_output_tokens", "max_tool_calls", "n", "best_of", "temperature", "top_p", "top_k",
            "min_p", "top_a", "typical_p", "repetition_penalty", "frequency_penalty", "presence_penalty", "logit_bias", "logprobs",
            "top_logprobs", "stop", "seed", "user", "safety_identifier", "metadata", "store", "service_tier", "tools", "tool_choice",
            "functions", "function_call", "parallel_tool_calls", "response_format", "reasoning_effort", "reasoning", "text", "truncation",
            "include", "previous_response_id", "conversation", "prompt_cache_key", "prompt_cache_retention", "verbosity", "modalities",
            "audio", "prediction", "web_search_options", "background", "dimensions", "encoding_format", "suffix", "echo", "size", "quality",
            "style", "voice", "speed", "top_n", "format", "language", "enable_thinking", "thinking", "chat_template_kwargs");
    private static final Set<String> REQUIRED = Set.of("messages", "input");
    private static final Set<String> SET_BY_GATEWAY = Set.of("x-api-key", "content-type", "accept-encoding", ResponseHeaderNames.REQUEST_ID, "accept");

    private RequestNames() {
    }

    /**
     * The name, if it is not a known one with a slip.
     *
     * @param name may be a path; its first part is checked
     * @throws IllegalArgumentException if it is nearly a known one
     */
    static String member(String uri, String name) {
        String first = name.split("\\.", 2)[0];
        if (!MEMBERS.contains(first)) {
            DidYouMean.slip(first, MEMBERS).ifPresent(known -> {
                throw new IllegalArgumentException("'" + uri + "' names the member \"" + name + "\"" + DidYouMean.clause(known));
            });
        }
        return name;
    }

    /** @throws IllegalArgumentException if no request can do without the member */
    static String removable(String name) {
        if (REQUIRED.contains(name)) {
            throw new IllegalArgumentException("'request:remove' names the member \"" + name + "\", without which there is no request.");
        }
        return name;
    }

    /** @throws IllegalArgumentException if rules must not set this header, or no header may have such a name */
    static String header(String name) {
        if (!RequestHeaderNames.isName(name)) {
            throw new IllegalArgumentException("'request:header' names \"" + name + "\", which is not the name of a header.");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (SET_BY_GATEWAY.contains(lower) || lower.startsWith("camel") || RequestHeaderNames.isCredential(lower)
                || RequestHeaderNames.isOfConnection(lower)) {
            throw new IllegalArgumentException("'request:header' cannot set \"" + name + "\": it carries a credential, belongs to the connection, or is set by the gateway.");
        }
        return name;
    }

    static String nearest(String wrong, Collection<String> known) {
        return DidYouMean.clause(wrong, known).orElse(".");
    }
}
