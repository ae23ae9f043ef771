package dev.openaigateway.bench;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The delay between sending and receiving the events of many streams, and the number of lost events. */
final class LatenessRow implements Row {

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration RAMP = Duration.ofSeconds(2);
    private static final int WARM_UP_ROUNDS = 5;
    private static final double MEDIAN_OVER_DIRECT = 0.5;
    private static final double P99_OF_PROXY = 3;

    @Override
    public String title() {
        return "concurrent streams, one event every " + EVERY.toMillis() + " ms";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        Plan plan = setup.plan();
        Map<String, StreamRounds> results = new LinkedHashMap<>();
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            for (Target target : setup.targets()) {
                results.put(target.name(), new StreamRounds());
                setup.streams().run(target, plan.streams(), plan.events(), EVERY, RAMP);
            }
        }
        for (int round = 0; round < plan.repeats(); round++) {
            for (Target target : setup.targets()) {
                Duration before = target.cpu();
                StreamResult result = setup.streams().run(target, plan.streams(), plan.events(), EVERY, RAMP);
                results.get(target.name()).add(result, target.cpu().minus(before));
            }
        }
        return List.of(median(plan, results), p99(plan, results), lost(plan, results), cpu(results));
    }

    private static Result median(Plan plan, Map<String, StreamRounds> results) {
        double over = results.get(Target.GATEWAY).lateness(50) - results.get(Target.DIRECT).lateness(50);
        return line("%,d streams, median lateness, ms".formatted(plan.streams()), results, one -> format(one.lateness(50)))
                .require(format(over) + " over direct", "<= " + MEDIAN_OVER_DIRECT, over <= MEDIAN_OVER_DIRECT);
    }

    private static Result p99(Plan plan, Map<String, StreamRounds> results) {
        double times = results.get(Target.GATEWAY).lateness(99) / results.get(Target.PROXY).lateness(99);
        return line("%,d streams, p99 lateness, ms".formatted(plan.streams()), results, one -> format(one.lateness(99)))
                .require("%.1f x the proxy's".formatted(times), "<= " + P99_OF_PROXY, times <= P99_OF_PROXY);
    }

    private static Result lost(Plan plan, Map<String, StreamRounds> results) {
        StreamRounds gateway = results.get(Target.GATEWAY);
        return line("%,d streams, events lost".formatted(plan.streams()), results, one -> Long.toString(one.lostEvents()))
                .require(gateway.completedStreams() + " completed " + gateway.firstFailure(), "none lost", gateway.whole());
    }

    private static Result cpu(Map<String, StreamRounds> results) {
        return line("CPU per event, us", results, one -> one.cpuMicros() > 0 ? "%.1f".formatted(one.cpuMicros()) : "");
    }

    private static Result line(String title, Map<String, StreamRounds> results, Function<StreamRounds, String> figure) {
        Result line = new Result(title);
        for (Map.Entry<String, StreamRounds> one : results.entrySet()) {
            line = line.value(one.getKey(), figure.apply(one.getValue()));
        }
        return line;
    }

    private static String format(double millis) {
        return "%.2f".formatted(millis);
    }
}
