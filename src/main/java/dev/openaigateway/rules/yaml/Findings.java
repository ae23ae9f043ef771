package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.config.load.Problem;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the problems of a check. Not thread-safe. */
public final class Findings {

    private static final int MOST_NAMES = 16;

    private record Finding(String file, int line, int column, Problem problem) {
    }

    private final Set<Finding> findings = new LinkedHashSet<>();

    /** @param text the sentence before the value, without the subject: {@code names instance} */
    public void add(Place place, Node node, String text, String value, String requirement) {
        add(place, node, text, value, requirement, Optional.empty());
    }

    /** Reports a name that is not among the known ones; lists them if they are few. */
    public void unknown(Place place, Node node, String text, String value, String requirement, Collection<String> known) {
        String names = known.isEmpty() || known.size() > MOST_NAMES ? "" : " (" + String.join(", ", known) + ")";
        add(place, node, text, value, requirement + names, DidYouMean.name(value, known));
    }

    private void add(Place place, Node node, String text, String value, String requirement, Optional<String> nearest) {
        Optional<Mark> mark = node.getStartMark();
        add(place.file().name(), mark.map(Mark::getLine).orElse(-1) + 1, mark.map(Mark::getColumn).orElse(-1) + 1,
                (place.subject() + " " + text).strip(), Optional.ofNullable(value), requirement, nearest);
    }

    /** @param line starting at 1; 0 for the whole file */
    public void add(String file, int line, int column, String text, Optional<String> value, String requirement, Optional<String> nearest) {
        String source = line > 0 ? file + ":" + line + ":" + column : file;
        findings.add(new Finding(file, line, column, new Problem(source, text, value, requirement, nearest)));
    }

    public int size() {
        return findings.size();
    }

    /** The problems, sorted by file, line and column. */
    public List<Problem> problems() {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(Finding::file).thenComparingInt(Finding::line).thenComparingInt(Finding::column));
        return sorted.stream().map(Finding::problem).toList();
    }
}
