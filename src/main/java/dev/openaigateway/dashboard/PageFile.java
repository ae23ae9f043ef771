package dev.openaigateway.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One file of the page, as it is in the jar.
 *
 * @param tag the entity tag, which changes with the content
 */
record PageFile(String type, byte[] content, String tag) {

    private static final String FOLDER = "/dashboard/";
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    /** @param name without folders; empty if there is no such file */
    static Optional<PageFile> find(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !name.matches("[a-z-]+\\.[a-z]+")) {
            return Optional.empty();
        }
        try (InputStream bytes = PageFile.class.getResourceAsStream(FOLDER + name)) {
            return bytes == null ? Optional.empty() : Optional.of(of(type, bytes.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PageFile of(String type, byte[] content) {
        CRC32C sum = new CRC32C();
        sum.update(content);
        return new PageFile(type, content, "\"" + Long.toHexString(sum.getValue()) + "-" + content.length + "\"");
    }

}
