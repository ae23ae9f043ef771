package dev.openaigateway.config.load;

import java.util.Optional;

/**
 * One thing that is wrong with the settings.
 *
 * @param source      the file (with its line, where known), {@code environment} or {@code admin request}
 * @param path        the value's path in that source, such as {@code instances[1].max_tpm}; a variable's name; may be empty
 * @param value       what was found there, masked if it is a secret; empty where nothing was found
 * @param requirement what it should be, such as {@code must be a whole number from 0 to 100}
 * @param nearest     the right name that resembles the wrong one most
 */
public record Problem(String source, String path, Optional<String> value, String requirement, Optional<String> nearest) {

    static Problem of(Origin origin, String value, String requirement) {
        return new Problem(origin.place(), origin.path(), Optional.ofNullable(value), requirement, Optional.empty());
    }

    static Problem of(Origin origin, String value, InvalidValueException broken) {
        return new Problem(origin.place(), origin.path(), Optional.ofNullable(value), broken.getMessage(), broken.nearest());
    }

    /** A problem with a whole source, ready to be thrown. */
    static InvalidSettingsException about(String source, String requirement) {
        return new InvalidSettingsException(new Problem(source, "", Optional.empty(), requirement, Optional.empty()));
    }

    /** The problem in one line. */
    public String message() {
        return source + ": "
                + (path.isEmpty() ? "" : path + " ")
                + value.map(found -> "\"" + found + "\" ").orElse("")
                + requirement
                + nearest.map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }
}
