package dev.openaigateway.openai.body;

import java.util.Locale;
import java.util.Set;

/** A yes or no that is written as text, in a field of a form or a parameter of a query. */
final class TextFlag {

    private static final Set<String> TRUE = Set.of("true", "1", "on", "yes", "t", "y");

    private TextFlag() {
    }

    /** Python writes {@code True}, and most servers take that, {@code 1} and the like for {@code true}. */
    static boolean isTrue(String text) {
        return TRUE.contains(text.toLowerCase(Locale.ROOT));
    }
}
