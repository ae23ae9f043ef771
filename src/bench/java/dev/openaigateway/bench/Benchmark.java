package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Measures every row and prints one table. Ends with 1 only when a row could not be measured; a requirement that was
 * missed is printed as MISSED, as a busy machine misses some.
 */
public final class Benchmark {

    private static final List<Row> ROWS = List.of(
            new StartRow(), new ThroughputRow(), new LatenessRow(), new ManyStreamsRow(),
            new LimiterRow("memory limiter", "{ enabled: true, tpm: 1000000000 }", 0.9), new RedisLimiterRow());

    private Benchmark() {
    }

    public static void main(String[] args) throws InterruptedException {
        Plan plan = Boolean.getBoolean("bench.quick") ? Plan.quick() : Plan.full();
        List<Result> results = new ArrayList<>();
        try (Setup setup = Setup.start(plan)) {
            for (Row row : ROWS) {
                System.out.println("measuring: " + row.title());
                results.addAll(measure(row, setup));
            }
            new Table(setup.targets().stream().map(Target::name).toList()).print(results);
        } catch (BrokenRun e) {
            System.out.println("nothing could be measured: " + e.getMessage());
            System.exit(1);
        }
        System.exit(results.stream().anyMatch(result -> result.verdict() == Verdict.BROKEN) ? 1 : 0);
    }

    private static List<Result> measure(Row row, Setup setup) throws InterruptedException {
        try {
            return row.measure(setup);
        } catch (BrokenRun e) {
            return List.of(new Result(row.title() + ": " + e.getMessage()).verdict(Verdict.BROKEN));
        }
    }
}
