package dev.openaigateway.admin;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.text.Excerpt;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words the names that a wrong one could have been. */
public final class Suggestion {

    private static final int LONGEST_LIST = 20;

    private Suggestion() {
    }

    /** Ends a sentence that says what is right: with the wrong name, and as {@link #of}. */
    public static String insteadOf(String wrong, Collection<String> known) {
        return ", not '" + Excerpt.printable(wrong) + "'" + of(wrong, known);
    }

    /** Ends a sentence: with up to 20 of the names, and the nearest one as a question, if there is one. */
    public static String of(String wrong, Collection<String> known) {
        String all = known.stream().limit(LONGEST_LIST).collect(Collectors.joining(", "));
        String more = known.size() > LONGEST_LIST ? " and " + (known.size() - LONGEST_LIST) + " more" : "";
        return (known.isEmpty() ? "" : "; known are " + all + more)
                + DidYouMean.name(wrong, known).map(nearest -> "; did you mean '" + nearest + "'?").orElse(".");
    }
}
