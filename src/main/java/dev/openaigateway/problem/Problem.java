package dev.openaigateway.problem;

import java.util.Optional;

/**
 * One error in settings, rules or routes.
 *
 * @param source      the file (with the line, if known), {@code environment} or {@code admin request}
 * @param path        the value's path in the source, such as {@code instances[1].max_tpm}; a variable's name; may be empty
 * @param value       the invalid value, masked if it is a secret; empty if there is none
 * @param requirement the violated requirement, such as {@code must be a whole number from 0 to 100}
 * @param nearest     the known name that is most similar to a wrong one
 */
public record Problem(String source, String path, Optional<String> value, String requirement, Optional<String> nearest) {

    /** A value of several lines, or that is a key, is hidden: it may be a secret in the wrong place. */
    public Problem {
        value = value.map(PastedContent::hidden);
    }

    /** An exception for a problem with a whole source. */
    public static InvalidSettingsException about(String source, String requirement) {
        return new InvalidSettingsException(new Problem(source, "", Optional.empty(), requirement, Optional.empty()));
    }

    /** The problem in one line. */
    public String message() {
        return source + ": "
                + (path.isEmpty() ? "" : path + " ")
                + value.map(found -> "\"" + found + "\" ").orElse("")
                + requirement
                + nearest.map(DidYouMean::clause).orElse("");
    }
}
