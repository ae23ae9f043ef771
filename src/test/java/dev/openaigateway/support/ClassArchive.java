package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * An archive of the classes that a gateway from the jar loads (class data sharing). A gateway starts with it in 60 % of the CPU
 * time. The first process that needs it makes it for all, by the {@code Training} that also makes the start-up cache of the
 * container image. Thread-safe.
 */
public final class ClassArchive {

    private static final Path TARGET = Checkout.FOLDER.resolve("target");
    private static final Path FILE = TARGET.resolve("gateway-classes-" + Runtime.version().feature() + ".jsa");
    private static boolean made;

    private ClassArchive() {
    }

    /**
     * The options of a JVM that uses the archive; none if this Java cannot make one.
     *
     * @throws AssertionError if the training fails
     */
    public static synchronized List<String> options() {
        if (!made) {
            try (FileChannel lock = FileChannel.open(TARGET.resolve("gateway-classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (isStale()) {
                    train();
                }
                made = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Files.exists(FILE) ? List.of("-XX:SharedArchiveFile=" + FILE) : List.of();
    }

    private static boolean isStale() throws IOException {
        return Files.notExists(FILE) || Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(Checkout.JAR)) < 0;
    }

    private static void train() throws IOException {
        Files.deleteIfExists(FILE);
        try {
            TrainingProcess.run("-XX:ArchiveClassesAtExit=" + FILE);
        } catch (AssertionError failed) {
            Files.deleteIfExists(FILE);
            throw failed;
        }
    }
}
