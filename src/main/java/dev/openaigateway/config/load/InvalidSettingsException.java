package dev.openaigateway.config.load;

import java.util.List;
import java.util.stream.Collectors;

/** The settings are invalid. The message has one line per problem and can be shown to an operator. */
public final class InvalidSettingsException extends Exception {

    private final transient List<Problem> problems;

    public InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::message).collect(Collectors.joining(System.lineSeparator())), null, false, false);
        this.problems = List.copyOf(problems);
    }

    InvalidSettingsException(Problem problem) {
        this(List.of(problem));
    }

    /** All problems, at least one. Immutable. */
    public List<Problem> problems() {
        return problems;
    }
}
