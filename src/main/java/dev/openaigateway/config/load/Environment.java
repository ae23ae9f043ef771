package dev.openaigateway.config.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The environment of the process: its variables and the directory against which relative paths are resolved.
 */
public record Environment(Map<String, String> variables, Path workingDirectory) {

    static final String DEMO = "DEMO";

    public Environment {
        variables = Map.copyOf(variables);
    }

    public static Environment system() {
        return new Environment(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** The variable's value; empty if the variable is blank or not set. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Whether the demo upstream may respond to other machines. */
    public boolean allowsDemo() {
        try {
            return ValueParsers.flag(variable(DEMO).orElse("false"));
        } catch (InvalidValueException e) {
            return false;
        }
    }

    /** The name that selects the overlay file: {@code ENVIRONMENT}, else {@code local}. */
    String name() {
        return variable("ENVIRONMENT").orElse("local");
    }

    Path path(String text) {
        return workingDirectory.resolve(text).normalize();
    }

    /** The file's path, relative to the working directory if the file is in it. */
    String describe(Path file) {
        return file.startsWith(workingDirectory) && !file.equals(workingDirectory)
                ? workingDirectory.relativize(file).toString()
                : file.toString();
    }

    /** Omits the variables, since some of them are secrets. */
    @Override
    public String toString() {
        return "Environment[" + workingDirectory + "]";
    }
}
