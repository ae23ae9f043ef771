package dev.openaigateway.openai;

import java.util.Set;

/** The members of a delta, message or choice whose texts are counted. */
public final class CountedMembers {

    private static final Set<String> NAMES = Set.of("content", "reasoning_content", "reasoning", "reasoning_text", "thinking", "refusal", "tool_calls",
            "function_call", "audio", "text");

    private CountedMembers() {
    }

    public static boolean contain(String name) {
        return NAMES.contains(name);
    }
}
