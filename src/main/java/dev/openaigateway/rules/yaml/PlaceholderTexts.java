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

    /** The words with a placeholder in them, such as {@code v{{major}}x}; one alone is a word too. */
    static List<String> words(String text) {
        List<String> found = new ArrayList<>();
        int begin = PlaceholderBraces.begin(text, 0);
        while (begin >= 0 && end(text, begin) > 0) {
            int from = begin;
            while (from > 0 && isOfWord(text.charAt(from - 1))) {
                from--;
            }
            int to = wordEnd(text, end(text, begin));
            found.add(text.substring(from, to));
            begin = PlaceholderBraces.begin(text, to);
        }
        return found;
    }

    private static int wordEnd(String text, int begin) {
        int at = begin;
        while (at < text.length()) {
            int next = isOfWord(text.charAt(at)) ? at + 1 : PlaceholderBraces.beginAt(text, at) ? end(text, at) : -1;
            if (next < 0) {
                break;
            }
            at = next;
        }
        return at;
    }

    private static boolean isOfWord(char character) {
        return character >= 'A' && character <= 'Z' || character >= 'a' && character <= 'z' || character >= '0' && character <= '9';
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
