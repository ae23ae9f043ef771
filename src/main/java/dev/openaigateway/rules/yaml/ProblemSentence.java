package dev.openaigateway.rules.yaml;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.Problem;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A problem in the words of one sentence, such as: route 'a' names bean "x" which does not exist. Its subject is known from its place.
 * {@link #because} ends the sentence, and only then the problem is reported. Not thread-safe.
 */
public final class ProblemSentence {

    private static final int MOST_NAMES = 16;

    private final String subject;
    private final Consumer<Problem> problems;
    private String text = "";
    private String value;
    /** Null until something is suggested. */
    private Optional<String> nearest;

    ProblemSentence(String subject, Consumer<Problem> problems) {
        this.subject = subject;
        this.problems = problems;
    }

    /** @param text what the subject does: {@code has no expression} */
    public ProblemSentence says(String text) {
        this.text = text;
        return this;
    }

    /**
     * @param text  what stands before the value: {@code names bean}
     * @param value null if it is not a text
     */
    public ProblemSentence says(String text, String value) {
        this.value = value;
        return says(text);
    }

    /** @param name what may be meant in place of the value; empty to suggest nothing */
    public ProblemSentence suggesting(Optional<String> name) {
        this.nearest = name;
        return this;
    }

    /** Reports the problem. */
    public void because(String requirement) {
        problems.accept(new Problem("", (subject + " " + text).strip(), Optional.ofNullable(value), requirement, nearest == null ? Optional.empty() : nearest));
    }

    /** Reports that the value is not among the known ones. Lists them if they are few, and suggests the nearest if nothing else is suggested. */
    public void because(String requirement, Collection<String> known) {
        nearest = nearest == null ? DidYouMean.name(value, known) : nearest;
        because(listing(requirement, known));
    }

    /** The requirement with the known values behind it if they are few. */
    public static String listing(String requirement, Collection<String> known) {
        return requirement + (known.isEmpty() || known.size() > MOST_NAMES ? "" : " (" + String.join(", ", known) + ")");
    }
}
