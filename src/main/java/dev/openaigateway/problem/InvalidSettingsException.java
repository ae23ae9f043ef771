package dev.openaigateway.problem;

import java.util.List;
import java.util.stream.Collectors;

/** The settings are invalid. The message has one line per problem and can be shown to an operator. */
public final class InvalidSettingsException extends Exception {

    private final transient List<Problem> problems;
    private final transient List<Problem> warnings;

    public InvalidSettingsException(List<Problem> problems) {
        this(problems, List.of());
    }

    /** @param warnings what was found beside the problems, and is not in the message */
    public InvalidSettingsException(List<Problem> problems, List<Problem> warnings) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator())), null, false, false);
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    public InvalidSettingsException(Problem problem) {
        this(List.of(problem));
    }

    /** All problems, at least one. Immutable. */
    public List<Problem> problems() {
        return problems;
    }

    /** Probable mistakes, which alone would not make the settings invalid. Immutable; may be empty. */
    public List<Problem> warnings() {
        return warnings;
    }
}
