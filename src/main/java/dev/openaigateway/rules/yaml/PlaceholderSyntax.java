package dev.openaigateway.rules.yaml;

import dev.openaigateway.text.Excerpt;

import java.util.Optional;

/**
 * Finds braces of placeholders without a counterpart. Camel closes a single placeholder at the end of the text, so that the default value
 * of <code>{{a:b</code> is all that follows; beside a closed one it fails.
 */
final class PlaceholderSyntax {

    private static final int LONGEST_SHOWN = 40;

    private PlaceholderSyntax() {
    }

    /** The middle of a sentence, a part of the text, and the end of the sentence. */
    record Mistake(String uses, String part, String requirement) {
    }

    /** The first mistake of a text; empty if each placeholder has its begin and its end. */
    static Optional<Mistake> in(String text) {
        String rest = text;
        while (text.contains(PlaceholderBraces.BEGIN)) {
            int end = PlaceholderBraces.end(rest, 0);
            int begin = PlaceholderBraces.lastBegin(rest, end < 0 ? rest.length() : end);
            if (begin < 0) {
                int last = end + text.length() - rest.length();
                return end < 0 ? Optional.empty() : Optional.of(new Mistake("has",
                        text.substring(Math.max(0, last - LONGEST_SHOWN), last + PlaceholderBraces.END.length()), "where '}}' closes no '{{': put a backslash before it if it is a text"));
            } else if (end < 0) {
                return Optional.of(new Mistake("uses placeholder", shown(rest.substring(begin)), "which is not closed: '}}' is missing"));
            }
            rest = rest.substring(0, begin) + "_" + rest.substring(end + PlaceholderBraces.END.length());
        }
        return Optional.empty();
    }

    /** A placeholder that ends within braces of its default value, and leaves the others in the text. */
    static Optional<Mistake> cut(String text, String resolved) {
        if (openBraces(resolved) == 0) {
            return Optional.empty();
        }
        return PlaceholderTexts.in(text).stream()
                .map(placeholder -> placeholder.substring(0, PlaceholderBraces.end(placeholder, 0) + PlaceholderBraces.END.length()))
                .filter(placeholder -> openBraces(placeholder) > 0).findFirst().map(placeholder -> new Mistake("uses placeholder", shown(placeholder),
                        "which ends at the first '}}', within the braces of its default value"));
    }

    private static int openBraces(String text) {
        return (int) (text.chars().filter(c -> c == '{').count() - text.chars().filter(c -> c == '}').count());
    }

    private static String shown(String text) {
        return Excerpt.marked(text.lines().findFirst().orElse("").strip(), LONGEST_SHOWN);
    }
}
