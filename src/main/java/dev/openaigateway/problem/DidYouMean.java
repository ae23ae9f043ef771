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

    /**
     * The known name with the smallest edit distance. Empty if it differs in more than a third of its characters, since such a name is another word, or in
     * more than half if one name is a part of the other, and if it is very long. Two exchanged characters are one edit, and one edit is a slip in each name
     * of two characters or more.
     */
    public static Optional<String> name(String wrong, Collection<String> known) {
        if (wrong.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream().filter(name -> name.length() <= LONGEST)
                .min(Comparator.comparingInt((String name) -> edits(wrong, name, 1)).thenComparing(Comparator.naturalOrder()))
                .filter(name -> edits(wrong, name, 1) <= most(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)));
    }

    private static int most(String left, String right) {
        int length = Math.max(left.length(), right.length());
        return length < 2 ? 0 : Math.max(1, length / (left.contains(right) || right.contains(left) ? 2 : 3));
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

    private static int edits(String wrong, String name) {
        return edits(wrong, name, 2);
    }

    /**
     * Levenshtein distance, ignoring case.
     *
     * @param exchange what two exchanged characters count
     */
    private static int edits(String left, String right, int exchange) {
        String from = left.toLowerCase(Locale.ROOT);
        String to = right.toLowerCase(Locale.ROOT);
        int[] before = new int[to.length() + 1];
        int[] above = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j < row.length; j++) {
                if (i == 0 || j == 0) {
                    row[j] = i + j;
                    continue;
                }
                int replaced = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
                if (i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + exchange);
                }
            }
            int[] free = before;
            before = above;
            above = row;
            row = free;
        }
        return above[to.length()];
    }
}
