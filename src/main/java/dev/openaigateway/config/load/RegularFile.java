package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file that is read whole. A pipe or a device may never come to an end, and a text without bound takes the thread that reads it for
 * minutes. So neither is read.
 */
public final class RegularFile {

    /** Enough for tens of thousands of clients. */
    public static final int LARGEST_SETTINGS = 10 << 20;
    /** Rules are written by people; checks compare their lines with one another. */
    public static final int LARGEST_ROUTES = 1 << 20;

    private RegularFile() {
    }

    /**
     * The text of the file in UTF-8.
     *
     * @param most the bytes that it may have
     * @throws UnfitFileException if it is no regular file, or too large; a folder is one that cannot be read
     */
    public static String text(Path file, int most) throws IOException {
        requireRegular(file);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new UnfitFileException(sizeRule(most));
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    /** Whether the file or a link of its name is there. A link to a missing file must not be taken for a file that was left out. */
    public static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** @throws UnfitFileException if there is something else than a file or a folder */
    public static void requireRegular(Path file) throws UnfitFileException {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
            throw new UnfitFileException("is a link to a file that does not exist");
        }
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new UnfitFileException("must be a regular file; it is a pipe, a socket or a device, which is not read since that may never end");
        }
    }

    /**
     * Requires the same size of a text that came over the network in place of a file.
     *
     * @param name the text's name for messages
     */
    public static void requireSize(String name, String text, int most) throws InvalidSettingsException {
        // A character takes one to three bytes.
        if (text.length() > most || text.length() > most / 3 && text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw Problem.about(name, sizeRule(most));
        }
    }

    private static String sizeRule(int most) {
        return "must have at most " + (most >> 20) + " MB";
    }
}
