package dev.openaigateway.config.load;

import dev.openaigateway.problem.Problem;

import java.util.Optional;

/**
 * The origin of a value.
 *
 * @param source file, {@code environment} or {@code admin request}
 * @param path   the value's path in the source (such as {@code instances[1].max_tpm}) or the variable's name
 * @param line   line number, starting at 1; 0 if unknown
 */
record Origin(String source, String path, int line) {

    static final String ENVIRONMENT = "environment";
    static final String ADMIN = "admin request";

    static Origin variable(String name) {
        return new Origin(ENVIRONMENT, name, 0);
    }

    /** Only values in files may refer to environment variables. */
    boolean mayHoldPlaceholders() {
        return !source.equals(ENVIRONMENT) && !source.equals(ADMIN);
    }

    String location() {
        return line > 0 ? source + ":" + line : source;
    }

    /** @param value null if there is none to show */
    Problem problem(String value, String requirement) {
        return new Problem(location(), path, Optional.ofNullable(value), requirement, Optional.empty());
    }

    Problem problem(String value, InvalidValueException broken) {
        return new Problem(location(), path, Optional.ofNullable(value), broken.getMessage(), broken.nearest());
    }

    @Override
    public String toString() {
        return source.equals(ENVIRONMENT) ? source + ": " + path : location();
    }
}
