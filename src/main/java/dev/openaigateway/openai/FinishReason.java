package dev.openaigateway.openai;

import java.util.Locale;
import java.util.Set;

/** The reason for which a choice ended. Some servers send a text for nothing in chunks that go on. */
public final class FinishReason {

    private static final Set<String> NOTHING = Set.of("", "null", "none");

    private FinishReason() {
    }

    /** Whether a text names a reason. */
    public static boolean isOne(String text) {
        return !NOTHING.contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
