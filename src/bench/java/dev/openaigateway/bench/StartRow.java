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
        List<Double> seconds = new ArrayList<>();
        String memory = "?";
        for (int round = 0; round < setup.plan().repeats(); round++) {
            try (GatewayUnderTest gateway = GatewayUnderTest.start(setup.unlimited())) {
                seconds.add(gateway.toFirstResponse().toMillis() / 1000.0);
                TimeUnit.MILLISECONDS.sleep(setup.plan().pause().toMillis());
                memory = gateway.residentMemory();
            }
        }
        double median = Median.of(seconds);
        return List.of(
                new Result("start to first response, s").value(Target.GATEWAY, "%.2f".formatted(median))
                        .require("", "<= " + LIMIT_SECONDS, median <= LIMIT_SECONDS),
                new Result("resident memory idle").value(Target.GATEWAY, memory));
    }
}
