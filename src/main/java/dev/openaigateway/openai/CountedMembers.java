package dev.openaigateway.openai;

import java.util.Map;

/** The members of a delta, message or choice whose texts are counted. */
public final class CountedMembers {

    private static final String CONTENT = "content";
    private static final String REASONING = "reasoning";
    private static final String CALLS = "tool_calls";
    /** The names under which upstreams send the same text. */
    private static final Map<String, String> KINDS = Map.of(CONTENT, CONTENT, "text", CONTENT, "reasoning_content", REASONING, REASONING, REASONING,
            "reasoning_text", REASONING, "thinking", REASONING, "refusal", "refusal", CALLS, CALLS, "function_call", CALLS, "audio", "audio");

    private CountedMembers() {
    }

    public static boolean contain(String name) {
        return KINDS.containsKey(name);
    }

    /** Members of one kind may repeat each other. */
    static String kind(String name) {
        return KINDS.get(name);
    }
}
