package dev.openaigateway.reload.files;

import dev.openaigateway.config.load.RegularFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The route files as they came with the gateway, in its jar. They need no check. Thread-safe. */
public final class BundledFiles {

    private BundledFiles() {
    }

    /** Returns whether the jar has a route file of this name with this text. */
    static boolean contains(String name, String text) {
        try (InputStream bytes = BundledFiles.class.getResourceAsStream("/routes/" + name)) {
            return bytes != null && text.equals(new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns whether a folder has route files of its own or changed ones, beside the live files.
     *
     * @param routes the folder, which need not exist
     */
    public static boolean areChangedIn(Path routes) throws IOException {
        if (!Files.isDirectory(routes)) {
            return false;
        }
        try (Stream<Path> files = Files.list(routes)) {
            List<Path> others = files.filter(file -> LiveFiles.isRouteFile(file.getFileName().toString()) && !LiveFile.isNameOfOne(file.getFileName().toString())).toList();
            for (Path file : others) {
                if (!contains(file.getFileName().toString(), RegularFile.text(file, RegularFile.LARGEST_ROUTES))) {
                    return true;
                }
            }
        }
        return false;
    }
}
