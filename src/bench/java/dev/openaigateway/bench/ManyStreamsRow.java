package dev.openaigateway.bench;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A very large number of streams through a gateway with a small heap: 10,000 where the JDK has virtual threads, and if the limit of
 * open files allows them; a gateway has two open for each stream. Clients and upstream are processes of their own, on the same cores:
 * at 100,000 events a second they alone take nearly two of them, so there the lateness is that of a saturated machine, also with nginx.
 */
final class ManyStreamsRow implements Row {

    private static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 21;
    private static final String HEAP = VIRTUAL_THREADS ? "-Xmx768m" : "-Xmx512m";
    private static final int ON_PLATFORM_THREADS = 3_000;
    private static final int OTHER_FILES = 600;
    private static final int WARM_UP_ROUNDS = 2;
    private static final double MEDIAN_OVER_DIRECT = 5;
    private static final double MEGABYTES = 1_200;
    /** Slow streams, with which two cores keep up, and those of a fast model. */
    private static final List<Pace> PACES = List.of(new Pace(10, 1_000, 5_000), new Pace(50, 100, 4_000));

    /**
     * How each stream runs.
     *
     * @param every milliseconds between events
     * @param ramp  milliseconds in which all streams are opened; shorter than a stream, so that all run at once
     */
    private record Pace(int events, int every, int ramp) {

        PacedResult run(Target target, int streams) throws InterruptedException {
            return PacedResult.of(target, streams, events, every, ramp);
        }

        String title(int streams) {
            return "%,d streams, an event every %,d ms, %s, ".formatted(streams, every, HEAP);
        }
    }

    @Override
    public String title() {
        return "very many streams, " + HEAP;
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        int count = count(setup.plan());
        Map<String, List<PacedResult>> runs = new LinkedHashMap<>();
        Map<String, List<Double>> cpu = new LinkedHashMap<>();
        Map<String, Double> peaks = new LinkedHashMap<>();
        try (ChildJvm upstream = ChildJvm.start(PacedUpstream.class)) {
            runs.put(Target.DIRECT, all(new Target(Target.DIRECT, upstream.port()), count, new ArrayList<>()));
            Optional<NginxProcess> nginx = NginxProcess.start(upstream.port());
            if (nginx.isPresent()) {
                try (NginxProcess running = nginx.get()) {
                    runs.put(Target.NGINX, all(running.target(), count, new ArrayList<>()));
                }
            }
            for (String build : GatewayUnderTest.builds()) {
                try (GatewayUnderTest gateway = GatewayUnderTest.start(build, GatewaySettings.unlimited(upstream.port()), HEAP)) {
                    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                        PacedResult.of(gateway.target(), Math.min(count, setup.plan().streams()), setup.plan().events(), 100, 2_000);
                    }
                    runs.put(build, all(gateway.target(), count, cpu.computeIfAbsent(build, any -> new ArrayList<>())));
                    peaks.put(build, gateway.peakMegabytes());
                }
            }
        }
        return results(count, runs, cpu, peaks);
    }

    private static List<PacedResult> all(Target target, int streams, List<Double> cpuMicros) throws InterruptedException {
        List<PacedResult> results = new ArrayList<>();
        for (Pace pace : PACES) {
            Duration before = target.cpu();
            PacedResult result = pace.run(target, streams);
            cpuMicros.add(target.cpu().minus(before).toNanos() / 1_000.0 / result.events());
            results.add(result);
        }
        return results;
    }

    private static List<Result> results(int streams, Map<String, List<PacedResult>> runs, Map<String, List<Double>> cpu, Map<String, Double> peaks) {
        List<Result> lines = new ArrayList<>();
        for (int at = 0; at < PACES.size(); at++) {
            String title = PACES.get(at).title(streams);
            Result completed = new Result(title + "completed");
            Result median = new Result(title + "median lateness, ms");
            Result p99 = new Result(title + "p99 lateness, ms");
            Result perEvent = new Result(title + "CPU per event, us");
            for (Map.Entry<String, List<PacedResult>> one : runs.entrySet()) {
                PacedResult run = one.getValue().get(at);
                completed = completed.value(one.getKey(), Integer.toString(run.completed()));
                median = median.value(one.getKey(), "%.2f".formatted(run.median()));
                p99 = p99.value(one.getKey(), "%.2f".formatted(run.p99()));
                if (cpu.containsKey(one.getKey())) {
                    perEvent = perEvent.value(one.getKey(), "%.1f".formatted(cpu.get(one.getKey()).get(at)));
                }
            }
            PacedResult gateway = runs.get(Target.GATEWAY).get(at);
            double over = gateway.median() - runs.get(Target.DIRECT).get(at).median();
            lines.add(completed.require(gateway.lost() + " events lost " + gateway.why(), "all, none lost", gateway.completed() == streams && gateway.lost() == 0));
            lines.add(median.require("%.2f over direct".formatted(over), "<= " + MEDIAN_OVER_DIRECT, over <= MEDIAN_OVER_DIRECT));
            lines.add(p99);
            lines.add(perEvent);
        }
        Result memory = new Result("%,d streams, %s, resident memory at its peak, MB".formatted(streams, HEAP));
        for (Map.Entry<String, Double> peak : peaks.entrySet()) {
            memory = memory.value(peak.getKey(), "%,.0f".formatted(peak.getValue()));
        }
        lines.add(memory.require("", "<= " + MEGABYTES, peaks.get(Target.GATEWAY) <= MEGABYTES));
        return lines;
    }

    private static int count(Plan plan) {
        int wanted = VIRTUAL_THREADS ? plan.manyStreams() : Math.min(plan.manyStreams(), ON_PLATFORM_THREADS);
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(wanted, (system.getMaxFileDescriptorCount() - OTHER_FILES) / 2) : wanted;
    }
}
