package dev.openaigateway.config.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds the process: its environment variables and the folder that relative paths start from.
 */
public record Environment(Map<String, String> variables, Path workingDirectory) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment system() {
        return new Environment(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** The variable's value; an empty variable counts as not set. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The name that picks the overlay file: {@code ENVIRONMENT}, else {@code local}. */
    String name() {
        return variable("ENVIRONMENT").orElse("local");
    }

    Path path(String text) {
        return workingDirectory.resolve(text).normalize();
    }

    /** Files are told relative to the working directory when they lie in it. */
    String describe(Path file) {
        return file.startsWith(workingDirectory) && !file.equals(workingDirectory)
                ? workingDirectory.relativize(file).toString()
                : file.toString();
    }

    /** Without the variables, for there are secrets among them. */
    @Override
    public String toString() {
        return "Environment[" + workingDirectory + "]";
    }
}
