package dev.openaigateway.rules.yaml;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.Problem;
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

    private record Located(String file, int line, int column, Problem problem) {
    }

    private final Set<Located> problems = new LinkedHashSet<>();
    private final Map<Location, WrittenPlaceholders> replaced;
    private Problems warnings;

    public Problems() {
        this(new HashMap<>());
    }

    private Problems(Map<Location, WrittenPlaceholders> replaced) {
        this.replaced = replaced;
    }

    /** Begins a sentence about a node, whose subject is the location. */
    public ProblemSentence at(Location location, Node node) {
        int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
        return new ProblemSentence(location.subject(), problem -> add(location.file().name(), line, column,
                replaced.isEmpty() ? problem : replaced.getOrDefault(location, WrittenPlaceholders.NONE).of(problem)));
    }

    /**
     * Begins a sentence about a place in a file, without a subject.
     *
     * @param line   from 1; 0 for the whole file
     * @param column from 1
     */
    public ProblemSentence at(String file, int line, int column) {
        return new ProblemSentence("", problem -> add(file, line, column, problem));
    }

    /** Reports an entry of a file that is a text or a list. */
    public void noEntry(Location location, Node node, Collection<String> known) {
        String text = YamlText.text(node);
        at(location, node).says("has entry", text).suggesting(Optional.ofNullable(text).flatMap(written -> DidYouMean.name(written, known)))
                .because("which must be an object such as 'route:' with its keys below it");
    }

    /** Probable mistakes, for which a file is not refused. */
    public Problems warnings() {
        warnings = warnings == null ? new Problems(replaced) : warnings;
        return warnings;
    }

    /** Makes the problems at a location show these placeholders in place of their values. */
    void replaced(Location location, WrittenPlaceholders placeholders) {
        replaced.merge(location, placeholders, WrittenPlaceholders::and);
    }

    private void add(String file, int line, int column, Problem problem) {
        String source = line > 0 ? file + ":" + line + ":" + column : file;
        problems.add(new Located(file, line, column, new Problem(source, problem.path(), problem.value(), problem.requirement(), problem.nearest())));
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
