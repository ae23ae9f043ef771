package dev.openaigateway.documents;

import dev.openaigateway.support.Checkout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the gateway's own sources say. */
final class SourceTexts {

    private static final String ALL = all();

    private SourceTexts() {
    }

    /** The first group of each match in the Java files of the gateway. */
    static Set<String> found(String pattern) {
        return Pattern.compile(pattern).matcher(ALL).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String all() {
        try (Stream<Path> files = Files.walk(Checkout.FOLDER.resolve("src/main/java"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
