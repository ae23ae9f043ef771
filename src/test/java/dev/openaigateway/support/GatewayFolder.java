package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A copy of the project's {@code application.properties} and {@code routes/} whose files a test may change. */
public final class GatewayFolder {

    private final Path folder;

    private GatewayFolder(Path folder) {
        this.folder = folder;
    }

    public static GatewayFolder copy() {
        try {
            Path folder = TemporaryFolder.make("gateway-folder");
            Path routes = Files.createDirectory(folder.resolve("routes"));
            Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
            try (Stream<Path> files = Files.list(Path.of("routes"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, routes.resolve(file.getFileName()));
                }
            }
            return new GatewayFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path path() {
        return folder;
    }

    /** Replaces {@code routes/routing.camel.yaml} atomically. */
    public GatewayFolder rules(String yaml) {
        return write("routes/routing.camel.yaml", yaml);
    }

    /** Replaces the bean to which a step of a route file refers. */
    public GatewayFolder replaceStep(String file, String ref, String other) {
        try {
            String routes = Files.readString(folder.resolve(file));
            return write(file, routes.replace("ref: " + ref + "\n", "ref: " + other + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a file atomically, so that no reader sees a partial file. */
    public GatewayFolder write(String file, String text) {
        try {
            Path written = Files.writeString(folder.resolve("new"), text);
            Files.move(written, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
