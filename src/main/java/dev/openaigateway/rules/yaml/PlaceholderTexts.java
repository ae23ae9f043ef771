package dev.openaigateway.rules.yaml;

import java.util.ArrayList;
import java.util.List;

/** Finds property placeholders in texts. */
final class PlaceholderTexts {

    private PlaceholderTexts() {
    }

    /** The placeholders in their order, each with those inside it. One that is not closed ends the search. */
    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        int begin = PlaceholderBraces.begin(text, 0);
        while (begin >= 0 && end(text, begin) > 0) {
            int end = end(text, begin);
            found.add(text.substring(begin, end));
            begin = PlaceholderBraces.begin(text, end);
        }
        return found;
    }

    /** Negative if the placeholder is not closed. */
    private static int end(String text, int begin) {
        int depth = 0;
        for (int at = begin; at < text.length() - 1; at++) {
            if (PlaceholderBraces.beginAt(text, at)) {
                depth++;
                at++;
            } else if (PlaceholderBraces.endAt(text, at)) {
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
