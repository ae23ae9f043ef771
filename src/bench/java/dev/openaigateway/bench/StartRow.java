package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The time from {@code java -jar} to the first chat completion, without and with a limit, for which prompts are counted, the
 * CPU time until readiness, and the resident memory of the idle gateway afterwards.
 */
final class StartRow implements Row {

    private static final double LIMIT_SECONDS = 2;
    private static final String LIMITS = "{ enabled: true, tpm: 1000000000 }";

    @Override
    public String title() {
        return "start";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        return Stream.concat(
                measure(setup, "start to first response", setup.unlimited()).stream(),
                measure(setup, "start to first response with limits", setup.limited(LIMITS)).stream()).toList();
    }

    private List<Result> measure(Setup setup, String title, GatewaySettings settings) throws InterruptedException {
        Result start = new Result(title + ", s");
        Result cpu = new Result(title + ", CPU until ready, s");
        Result memory = new Result(title + ", resident memory idle");
        for (String build : GatewayUnderTest.builds()) {
            List<Double> seconds = new ArrayList<>();
            List<Double> cpuSeconds = new ArrayList<>();
            String resident = "?";
            for (int round = 0; round < setup.plan().repeats(); round++) {
                try (GatewayUnderTest gateway = GatewayUnderTest.start(build, settings)) {
                    seconds.add(gateway.toFirstResponse().toMillis() / 1000.0);
                    cpuSeconds.add(gateway.cpuToReady().toMillis() / 1000.0);
                    TimeUnit.MILLISECONDS.sleep(setup.plan().pause().toMillis());
                    resident = gateway.residentMemory();
                }
            }
            double median = Median.of(seconds);
            start = start.value(build, "%.2f".formatted(median)).require("", "<= " + LIMIT_SECONDS, median <= LIMIT_SECONDS);
            cpu = cpu.value(build, "%.2f".formatted(Median.of(cpuSeconds)));
            memory = memory.value(build, resident);
        }
        return List.of(start, cpu, memory);
    }
}
