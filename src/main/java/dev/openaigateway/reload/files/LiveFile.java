package dev.openaigateway.reload.files;

import dev.openaigateway.rules.yaml.RulesText.Kind;
import org.apache.camel.spi.Resource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A route file of which every gateway has one, on disk or in the jar, and which is replaced while the gateway runs. */
enum LiveFile {

    ROUTING("routing.camel.yaml", Kind.RULES),
    EVENTS("events.camel.yaml", Kind.EVENTS);

    private static final String ON_DISK = "file:";

    private final String fileName;
    private final Kind kind;

    LiveFile(String fileName, Kind kind) {
        this.fileName = fileName;
        this.kind = kind;
    }

    String fileName() {
        return fileName;
    }

    Kind kind() {
        return kind;
    }

    /** Returns the file that the resource is; empty if it is another route file. */
    static Optional<LiveFile> of(Resource resource) {
        for (LiveFile file : values()) {
            if (nameOf(resource).equals(file.fileName)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    static boolean isNameOfOne(String fileName) {
        return Stream.of(values()).anyMatch(file -> file.fileName.equals(fileName));
    }

    /** Returns the name without the folders. */
    static String nameOf(Resource resource) {
        String location = resource.getLocation();
        int end = Math.max(Math.max(location.lastIndexOf('/'), location.lastIndexOf('\\')), location.lastIndexOf(':'));
        return location.substring(end + 1);
    }

    /** Empty if the resource is not on disk. */
    static Optional<Path> pathOf(Resource resource) {
        String location = resource.getLocation();
        return location.startsWith(ON_DISK) && !location.contains("!/")
                ? Optional.of(Path.of(location.substring(ON_DISK.length()))) : Optional.empty();
    }

    FileText read(Resource resource) throws IOException {
        try (InputStream bytes = resource.getInputStream()) {
            return new FileText(kind, resource.getLocation(), Optional.empty(), new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
