package dev.openaigateway.bench;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * A very large number of streams through a gateway with a small heap: 10,000 where the JDK has virtual threads, and if the limit of
 * open files allows them; two are open for each stream. All processes share the cores, so the more streams, the slower their events.
 */
final class ManyStreamsRow implements Row {

    private static final boolean VIRTUAL_THREADS = Runtime.version().feature() >= 21;
    private static final String HEAP = VIRTUAL_THREADS ? "-Xmx768m" : "-Xmx512m";
    private static final int ON_PLATFORM_THREADS = 3_000;
    private static final int OTHER_FILES = 600;
    private static final int EVENTS_PER_SECOND = 10_000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final Duration RAMP = Duration.ofSeconds(5);
    private static final double MEDIAN_OVER_DIRECT = 5;
    private static final double MEGABYTES = 1_200;

    @Override
    public String title() {
        return "very many streams, " + HEAP;
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        int count = count(setup.plan());
        String streams = "%,d streams, %s, ".formatted(count, HEAP);
        Result completed = new Result(streams + "completed");
        Result lateness = new Result(streams + "median lateness, ms");
        Result memory = new Result(streams + "resident memory at its peak, MB");
        double direct = run(setup, setup.targets().get(setup.indexOf(Target.DIRECT)), count).lateness(50);
        lateness = lateness.value(Target.DIRECT, "%.2f".formatted(direct));
        for (String build : GatewayUnderTest.builds()) {
            try (GatewayUnderTest gateway = GatewayUnderTest.start(build, setup.unlimited(), HEAP)) {
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    run(setup, gateway.target(), Math.min(count, setup.plan().streams()));
                }
                StreamResult result = run(setup, gateway.target(), count);
                double over = result.lateness(50) - direct;
                double peak = gateway.peakMegabytes();
                completed = completed.value(build, Integer.toString(result.completedStreams()))
                        .require(result.lostEvents() + " events lost " + result.firstFailure(), "all, none lost", result.whole());
                lateness = lateness.value(build, "%.2f".formatted(result.lateness(50)))
                        .require("%.2f over direct".formatted(over), "<= " + MEDIAN_OVER_DIRECT, over <= MEDIAN_OVER_DIRECT);
                memory = memory.value(build, "%,.0f".formatted(peak)).require("", "<= " + MEGABYTES, peak <= MEGABYTES);
            }
        }
        return List.of(completed, lateness, memory);
    }

    private static int count(Plan plan) {
        int wanted = VIRTUAL_THREADS ? plan.manyStreams() : Math.min(plan.manyStreams(), ON_PLATFORM_THREADS);
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(wanted, (system.getMaxFileDescriptorCount() - OTHER_FILES) / 2) : wanted;
    }

    private static StreamResult run(Setup setup, Target target, int streams) throws InterruptedException {
        return setup.streams().run(target, streams, setup.plan().events(), Duration.ofMillis(1_000L * streams / EVENTS_PER_SECOND), RAMP);
    }
}
