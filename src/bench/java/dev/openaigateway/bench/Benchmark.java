package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures every row and prints one table. Exits with status 1 only if a row could not be measured; a missed requirement
 * is printed as MISSED, since a busy machine misses some.
 */
public final class Benchmark {

    private static final List<Row> ROWS = List.of(
            new StartRow(), new ImageRow(), new ColdRow(), new ThroughputRow(), new LargeBodyRow(), new BesideLargeBodiesRow(), new LatenessRow(),
            new ManyStreamsRow(), new LimiterRow("memory limiter", "{ enabled: true, tpm: 1000000000 }", 0.9), new RedisLimiterRow(), new AgentPromptRow(),
            new TextRow(), new TracesRow(), new RulesRow(), new CheckRow(), new ScaleRow());

    private Benchmark() {
    }

    public static void main(String[] args) throws InterruptedException {
        Plan plan = Boolean.getBoolean("bench.quick") ? Plan.quick() : Plan.full();
        List<Result> results = new ArrayList<>();
        try (Setup setup = Setup.start(plan)) {
            Table table = new Table(setup.targets().stream().map(Target::name).toList());
            for (Row row : selectedRows()) {
                System.out.println("measuring: " + row.title());
                List<Result> measured = measure(row, setup);
                table.print(measured);
                results.addAll(measured);
            }
            table.print(results);
        } catch (BrokenRunException e) {
            System.out.println("nothing could be measured: " + e.getMessage());
            System.exit(1);
        }
        System.exit(results.stream().anyMatch(result -> result.verdict() == Verdict.BROKEN) ? 1 : 0);
    }

    /** All rows, or those whose titles contain one of the words in {@code bench.rows}. */
    private static List<Row> selectedRows() {
        String words = System.getProperty("bench.rows", "");
        return words.isBlank() ? ROWS
                : ROWS.stream().filter(row -> Stream.of(words.split(",")).anyMatch(row.title()::contains)).toList();
    }

    private static List<Result> measure(Row row, Setup setup) throws InterruptedException {
        try {
            return row.measure(setup);
        } catch (BrokenRunException e) {
            return List.of(new Result(row.title() + ": " + e.getMessage()).verdict(Verdict.BROKEN));
        }
    }
}
