package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files that placeholders in the gateway's own settings name, as active or as on disk. Immutable. */
final class NamedFiles implements Predicate<String> {

    private final Environment environment;
    private final Set<Path> files;

    private NamedFiles(Stream<String> texts, Environment environment) {
        this.environment = environment;
        this.files = texts.flatMap(Placeholders::files).flatMap(name -> path(name).stream()).collect(Collectors.toSet());
    }

    static NamedFiles of(LoadedSettings current, Environment environment) {
        return new NamedFiles(Stream.concat(current.tree().texts(), onDisk(environment)), environment);
    }

    private static Stream<String> onDisk(Environment environment) {
        try {
            return SourceFiles.read(environment).tree().texts();
        } catch (InvalidSettingsException halfEdited) {
            return Stream.empty();
        }
    }

    private Optional<Path> path(String name) {
        try {
            return Optional.of(environment.path(name.strip()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Whether this is the name of such a file, in any spelling. */
    @Override
    public boolean test(String name) {
        return path(name).filter(files::contains).isPresent();
    }
}
