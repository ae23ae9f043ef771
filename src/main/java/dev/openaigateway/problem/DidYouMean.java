package dev.openaigateway.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that is closest to an unknown one. */
public final class DidYouMean {

    /** A comparison takes time in proportion to the product of both lengths. */
    private static final int LONGEST = 200;

    private DidYouMean() {
    }

    /** The known name with the smallest edit distance; empty if more than half of its characters would have to change, or it is very long. */
    public static Optional<String> name(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream().filter(name -> name.length() <= LONGEST)
                .min(Comparator.comparingInt((String name) -> edits(wrong, name)).thenComparing(Comparator.naturalOrder()))
                .filter(name -> edits(wrong, name) <= Math.max(1, Math.max(wrong.length(), name.length()) / 2));
    }

    /** A sentence after a space that asks for the closest known name; empty if there is none. */
    public static String question(String wrong, Collection<String> known) {
        return name(wrong, known).map(nearest -> " Did you mean '" + nearest + "'?").orElse("");
    }

    /** The same as the end of a sentence. */
    public static Optional<String> clause(String wrong, Collection<String> known) {
        return name(wrong, known).map(DidYouMean::clause);
    }

    /** The end of a sentence that asks for the name. */
    public static String clause(String nearest) {
        return "; did you mean \"" + nearest + "\"?";
    }

    /** The known name that differs by a slip, one edit in four characters at most; empty if none is so near. */
    public static Optional<String> slip(String wrong, Collection<String> known) {
        return name(wrong, known).filter(name -> edits(wrong, name) <= Math.max(wrong.length(), name.length()) / 4);
    }

    /** The known name that differs in one or two characters, of at least four; empty if there is none, or the name is known. */
    public static Optional<String> typo(String wrong, Collection<String> known) {
        return known.contains(wrong) ? Optional.empty()
                : name(wrong, known).filter(name -> name.length() >= 4 && isTypo(wrong, name));
    }

    /** Two exchanged characters are two edits. In short names other pairs of edits make another word. */
    private static boolean isTypo(String wrong, String name) {
        int edits = edits(wrong, name);
        return edits <= 1 || edits == 2 && (wrong.length() == name.length() || Math.min(wrong.length(), name.length()) >= 8);
    }

    /** Levenshtein distance, ignoring case. */
    private static int edits(String left, String right) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
