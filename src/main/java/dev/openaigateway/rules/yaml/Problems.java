package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.config.load.Problem;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the problems of a check. Not thread-safe. */
public final class Problems {

    private static final int MOST_NAMES = 16;

    private record Located(String file, int line, int column, Problem problem) {
    }

    private final Set<Located> problems = new LinkedHashSet<>();
    private final Map<Location, WrittenPlaceholders> replaced = new HashMap<>();
    private Problems warnings;

    /** @param text the sentence before the value, without the subject: {@code names instance} */
    public void add(Location location, Node node, String text, String value, String requirement) {
        add(location, node, text, value, requirement, Optional.empty());
    }

    /** Reports a name that is not among the known ones; lists them if they are few. */
    public void unknown(Location location, Node node, String text, String value, String requirement, Collection<String> known) {
        unknown(location, node, text, value, requirement, known, DidYouMean.name(value, known));
    }

    void unknown(Location location, Node node, String text, String value, String requirement, Collection<String> known, Optional<String> nearest) {
        String names = known.isEmpty() || known.size() > MOST_NAMES ? "" : " (" + String.join(", ", known) + ")";
        add(location, node, text, value, requirement + names, nearest);
    }

    /** @param nearest the name to suggest */
    public void add(Location location, Node node, String text, String value, String requirement, Optional<String> nearest) {
        Optional<Mark> mark = node.getStartMark();
        Problem problem = new Problem("", (location.subject() + " " + text).strip(), Optional.ofNullable(value), requirement, nearest);
        Problem shown = replaced.isEmpty() ? problem : replaced.getOrDefault(location, WrittenPlaceholders.NONE).of(problem);
        add(location.file().name(), mark.map(Mark::getLine).orElse(-1) + 1, mark.map(Mark::getColumn).orElse(-1) + 1,
                shown.path(), shown.value(), shown.requirement(), shown.nearest());
    }

    /** Reports an entry of a file that is a text or a list. */
    void noEntry(Location location, Node node, Collection<String> known) {
        add(location, node, "has entry", YamlText.text(node), "which must be an object such as 'route:' with its keys below it",
                Optional.ofNullable(YamlText.text(node)).flatMap(text -> DidYouMean.name(text, known)));
    }

    /** Probable mistakes, for which a file is not refused. */
    public Problems warnings() {
        warnings = warnings == null ? new Problems() : warnings;
        return warnings;
    }

    /** Makes the problems at a location show these placeholders in place of their values. */
    void replaced(Location location, WrittenPlaceholders placeholders) {
        replaced.merge(location, placeholders, WrittenPlaceholders::and);
    }

    public void add(String file, int line, int column, String text, Optional<String> value, String requirement, Optional<String> nearest) {
        String source = line > 0 ? file + ":" + line + ":" + column : file;
        problems.add(new Located(file, line, column, new Problem(source, text, value, requirement, nearest)));
    }

    /** Whether there is a problem at the place of the node. */
    boolean isReported(Location location, Node node) {
        int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
        return problems.stream().anyMatch(each -> each.line() == line && each.column() == column && each.file().equals(location.file().name()));
    }

    public int size() {
        return problems.size();
    }

    /** The problems, sorted by file, line and column. */
    public List<Problem> problems() {
        List<Located> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Located::file).thenComparingInt(Located::line).thenComparingInt(Located::column));
        return sorted.stream().map(Located::problem).toList();
    }
}
