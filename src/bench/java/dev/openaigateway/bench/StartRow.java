package dev.openaigateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The time from {@code java -jar} to the first chat completion, and the resident memory of the idle gateway afterwards. */
final class StartRow implements Row {

    private static final double LIMIT_SECONDS = 3;

    @Override
    public String title() {
        return "start";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        Result start = new Result("start to first response, s");
        Result memory = new Result("resident memory idle");
        for (String build : GatewayUnderTest.builds()) {
            List<Double> seconds = new ArrayList<>();
            String resident = "?";
            for (int round = 0; round < setup.plan().repeats(); round++) {
                try (GatewayUnderTest gateway = GatewayUnderTest.start(build, setup.unlimited())) {
                    seconds.add(gateway.toFirstResponse().toMillis() / 1000.0);
                    TimeUnit.MILLISECONDS.sleep(setup.plan().pause().toMillis());
                    resident = gateway.residentMemory();
                }
            }
            double median = Median.of(seconds);
            start = start.value(build, "%.2f".formatted(median)).require("", "<= " + LIMIT_SECONDS, median <= LIMIT_SECONDS);
            memory = memory.value(build, resident);
        }
        return List.of(start, memory);
    }
}
