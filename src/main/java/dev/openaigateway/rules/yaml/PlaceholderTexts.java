package dev.openaigateway.rules.yaml;

import java.util.ArrayList;
import java.util.List;

/** Finds property placeholders in texts. */
final class PlaceholderTexts {

    private static final String BEGIN = "{{";
    private static final String END = "}}";

    private PlaceholderTexts() {
    }

    /** The placeholders in their order, each with those inside it. One that is not closed ends the search. */
    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0 && end(text, begin) > 0) {
            int end = end(text, begin);
            found.add(text.substring(begin, end));
            begin = text.indexOf(BEGIN, end);
        }
        return found;
    }

    /** Negative if the placeholder is not closed. */
    private static int end(String text, int begin) {
        int depth = 0;
        for (int at = begin; at < text.length() - 1; at++) {
            if (text.startsWith(BEGIN, at)) {
                depth++;
                at++;
            } else if (text.startsWith(END, at)) {
                depth--;
                at++;
                if (depth == 0) {
                    return at + 1;
                }
            }
        }
        return -1;
    }
}
