package dev.openaigateway.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's Markdown pages: those in its folder, including {@code README.md}, and all below {@code docs}. */
public final class Documents {

    public static final Path README = Checkout.FOLDER.resolve("README.md");

    private Documents() {
    }

    public static List<Path> pages() {
        return Stream.concat(markdown(Checkout.FOLDER, 1), markdown(Checkout.FOLDER.resolve("docs"), Integer.MAX_VALUE)).toList();
    }

    /** The text of all pages. */
    public static String text() {
        return pages().stream().map(Documents::read).collect(Collectors.joining("\n"));
    }

    public static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> markdown(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
