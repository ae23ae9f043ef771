package dev.openaigateway.reload;

import org.apache.camel.spi.Resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The rules file, on disk or in the jar. Thread-safe.
 *
 * @param resource as Camel found it among the route files
 */
record RulesFile(Resource resource) {

    private static final String NAME = "routing.camel.yaml";
    private static final String ON_DISK = "file:";

    static boolean is(Resource resource) {
        String location = resource.getLocation();
        return location.endsWith(NAME) && "/:\\".indexOf(location.charAt(location.length() - NAME.length() - 1)) >= 0;
    }

    /** Empty if the file is not on disk, and so cannot change. */
    Optional<Path> path() {
        String location = resource.getLocation();
        return location.startsWith(ON_DISK) && !location.contains("!/") ? Optional.of(Path.of(location.substring(ON_DISK.length()))) : Optional.empty();
    }

    boolean isSameAs(RulesFile other) {
        return location().equals(other.location());
    }

    private Object location() {
        return path().<Object>map(path -> path.toAbsolutePath().normalize()).orElse(resource.getLocation());
    }

    /** Returns the name for messages. */
    String name() {
        return path().map(Path::toString).orElse(resource.getLocation());
    }

    /** Returns the content; empty if the file cannot be read. */
    String text() {
        Optional<Path> path = path();
        try (InputStream bytes = path.isPresent() ? Files.newInputStream(path.get()) : resource.getInputStream()) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
