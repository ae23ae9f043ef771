package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints results as a Markdown table. */
final class Table {

    private final List<String> targets;

    Table(List<String> targets) {
        this.targets = targets;
    }

    void print(List<Result> results) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(line("", targets, "measured", "required", ""));
        results.forEach(result -> lines.add(line(result.title(),
                targets.stream().map(target -> result.values().getOrDefault(target, "")).toList(),
                result.measured(), result.required(), result.verdict() == Verdict.INFO ? "" : result.verdict().name())));
        List<Integer> widths = IntStream.range(0, lines.get(0).size())
                .mapToObj(i -> Math.max(3, lines.stream().mapToInt(cells -> cells.get(i).length()).max().orElse(0))).toList();
        lines.add(1, widths.stream().map("-"::repeat).toList());
        lines.forEach(cells -> System.out.println(IntStream.range(0, widths.size())
                .mapToObj(i -> cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()))
                .collect(Collectors.joining(" | ", "| ", " |"))));
    }

    private static List<String> line(String title, List<String> values, String... more) {
        List<String> cells = new ArrayList<>(List.of(title));
        cells.addAll(values);
        Collections.addAll(cells, more);
        return cells;
    }
}
