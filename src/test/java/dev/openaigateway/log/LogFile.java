package dev.openaigateway.log;

import dev.openaigateway.support.Eventually;
import org.apache.logging.log4j.core.config.Configurator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The log file of a gateway in this process. Closing it restores the log configuration of the process. */
public final class LogFile implements AutoCloseable {

    private final Path file;

    public LogFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /** Returns the current file and the rolled-over ones, by name. */
    List<Path> files() {
        try (Stream<Path> all = Files.list(file.getParent())) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> lines() {
        return linesOf(file);
    }

    static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException justRolledOver) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> linesWith(String text) {
        return lines().stream().filter(line -> line.contains(text)).toList();
    }

    /** Waits for the first line with that text. */
    public String await(String text) {
        Eventually.holds("a line of the log contains '" + text + "'", () -> !linesWith(text).isEmpty());
        return linesWith(text).get(0);
    }

    @Override
    public void close() {
        Configurator.reconfigure();
    }
}
