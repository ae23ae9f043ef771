package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An archive of the classes that a gateway from the jar loads (class data sharing). A gateway starts with it in 60 % of the CPU
 * time. Made once for all tests of a process, by the {@code Training} that also makes the start-up cache of the container image.
 */
public final class ClassArchive {

    private static final Path FILE = Checkout.FOLDER.resolve("target/gateway-classes.jsa");
    private static Training made;

    private ClassArchive() {
    }

    /** How the training ended. */
    public record Training(int status, String output) {
    }

    /** The options of a JVM that uses the archive; none if Java cannot make one. */
    public static List<String> options() {
        made();
        return Files.exists(FILE) ? List.of("-XX:SharedArchiveFile=" + FILE) : List.of();
    }

    /** Makes the archive, unless this process has made it. */
    public static synchronized Training made() {
        if (made == null) {
            made = train();
        }
        return made;
    }

    private static Training train() {
        try {
            Files.deleteIfExists(FILE);
            Process training = new ProcessBuilder(Checkout.shortLived("-XX:ArchiveClassesAtExit=" + FILE, "-cp", Checkout.JAR.toString(),
                    "dev.openaigateway.app.Training", "1")).redirectErrorStream(true).start();
            String output = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Training(training.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
