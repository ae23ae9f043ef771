package dev.openaigateway.reload.files;

import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.RulesText.Kind;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of a live route file when it was read.
 *
 * @param name the file's name for messages
 * @param path empty if the file is not on disk, and so cannot change
 */
public record FileText(Kind kind, String name, Optional<Path> path, String text) {

    private static final String IN_THE_JAR = "classpath:";

    public RulesText forCheck() {
        return new RulesText(name, text, kind, isShipped());
    }

    /** Whether the file equals the one in the jar; a copy on disk counts. */
    public boolean isShipped() {
        return name.startsWith(IN_THE_JAR) || BundledFiles.contains(shortName(), text);
    }

    /** Returns whether the file holds nothing but comments, so that it has no routes. */
    public boolean isBlank() {
        return text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    public boolean holdsRules() {
        return kind == Kind.RULES;
    }

    /** Returns the last part of the name. */
    String shortName() {
        return path.map(file -> file.getFileName().toString()).orElse(name.substring(name.lastIndexOf('/') + 1));
    }

    /** Returns the short names of the files that differ, among them those that were added or removed. */
    public static List<String> changes(List<FileText> before, List<FileText> now) {
        return Stream.concat(now.stream().filter(file -> !before.contains(file)),
                        before.stream().filter(file -> now.stream().noneMatch(other -> other.name().equals(file.name()))))
                .map(FileText::shortName).distinct().toList();
    }
}
