package dev.openaigateway.tokenizer.prompt;

import java.util.Set;

/** The members of a request, by what a model reads of them. */
final class RequestMembers {

    /** What it reads of a request for images or speech. */
    static final Set<String> TEXTS_OF_MEDIA = Set.of("prompt", "negative_prompt", "input", "instructions");

    /** They say how to generate a response. */
    private static final Set<String> UNREAD = Set.of("stream_options", "stop", "include", "modalities", "audio", "service_tier", "verbosity",
            "reasoning", "reasoning_effort", "reasoning_format", "thinking", "tool_choice", "function_call", "logit_bias", "conversation", "truncation",
            "context_management", "encoding_format", "input_type", "truncate", "embedding_types", "task", "structured_outputs", "cache_salt",
            "models", "provider", "route", "transforms");

    private RequestMembers() {
    }

    /** Whether a model does not read the member of a request. Some have the name of a member of a message, which it does read. */
    static boolean areUnread(String name) {
        return UNREAD.contains(name) || name.startsWith("guided_");
    }
}
