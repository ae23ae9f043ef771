package dev.openaigateway.reload.files;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText.Kind;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

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
    private static final List<String> ROUTES = List.of("route", "from", "templatedRoute");

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

    /**
     * Requires that files for events have a route. Without one no event is taken, not even to the log, and nothing would say so: a file that was
     * emptied by mistake must not look like one that drops events on purpose.
     *
     * @throws InvalidSettingsException naming the first file that has none
     */
    public static void requireEventRoutes(List<FileText> files) throws InvalidSettingsException {
        Optional<FileText> idle = files.stream().filter(file -> file.kind == Kind.EVENTS && !file.hasRoutes()).findFirst();
        if (idle.isPresent()) {
            throw Problem.about(idle.get().name,
                    "has no route, so that no usage record and no alert would reach the log or a sink; a route from seda:usage with only the step "
                            + "'stop' drops them on purpose");
        }
    }

    /** True also for a text that is not a list of entries, which has another problem. */
    private boolean hasRoutes() {
        if (isBlank() || isShipped()) {
            return !isBlank();
        }
        Optional<Node> tree = YamlText.parse(name, text, new Problems());
        return tree.isEmpty() || !(tree.get() instanceof SequenceNode) || YamlNodes.items(tree.get()).stream()
                .anyMatch(entry -> ROUTES.stream().anyMatch(key -> YamlNodes.at(entry, key).isPresent()));
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
