package dev.openaigateway.config.load;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Finds out whether a file can be written, by a try: rights alone do not tell it, since root has all of them, and some file systems take no
 * new file. Leaves nothing behind.
 */
final class WritableFile {

    private WritableFile() {
    }

    /**
     * Returns why the file cannot be written, or cannot be created with its folders; empty if it can be. Names no path, since a path may be
     * the value of a variable.
     *
     * @param file absolute
     */
    static Optional<String> obstacle(Path file) {
        Path existing = file;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (existing.equals(file) && Files.isDirectory(file)) {
            return Optional.of("it is a folder");
        }
        if (!existing.equals(file) && !Files.isDirectory(existing)) {
            return Optional.of("a part of its path is not a folder");
        }
        try {
            tryToWrite(existing);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(reason(e));
        }
    }

    private static void tryToWrite(Path existing) throws IOException {
        if (Files.isDirectory(existing)) {
            Files.delete(Files.createTempFile(existing, "gateway", null));
        } else if (Files.isRegularFile(existing)) {
            Files.newOutputStream(existing, StandardOpenOption.APPEND).close();
        } else if (!Files.isWritable(existing)) {
            // A pipe is not opened, because that would wait for its reader.
            throw new AccessDeniedException(null);
        }
    }

    private static String reason(IOException thrown) {
        if (thrown instanceof AccessDeniedException) {
            return "permission denied";
        }
        return thrown instanceof FileSystemException named && named.getReason() != null ? named.getReason() : "no file can be created there";
    }
}
