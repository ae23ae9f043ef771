package dev.openaigateway.config.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Tells whether a file may have changed, without reading it. Size and time of the last change are not enough: a copy can keep the time, and the
 * files of a mounted volume may all have the same one. The file's identity and, where the file system has it, the time at which its entry was changed
 * cannot be kept.
 */
public final class FileState {

    private FileState() {
    }

    /** A text that differs if the file does, also if a link on the way to it leads elsewhere. */
    public static String of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey() + "/" + changed(file) + "/" + file.toRealPath();
        } catch (IOException e) {
            return "absent";
        }
    }

    private static Object changed(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime");
        } catch (UnsupportedOperationException | IllegalArgumentException noSuchAttribute) {
            return "";
        }
    }
}
