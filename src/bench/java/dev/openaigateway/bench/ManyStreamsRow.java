package dev.openaigateway.bench;

import java.time.Duration;
import java.util.List;

/** A very large number of streams through a gateway with a small heap. Events are slower, since all processes share the cores. */
final class ManyStreamsRow implements Row {

    private static final String HEAP = "-Xmx512m";
    private static final int WARM_UP_ROUNDS = 3;
    private static final Duration EVERY = Duration.ofMillis(300);
    private static final Duration RAMP = Duration.ofSeconds(5);

    @Override
    public String title() {
        return "very many streams, " + HEAP;
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        Plan plan = setup.plan();
        String streams = "%,d streams, %s, ".formatted(plan.manyStreams(), HEAP);
        Result completed = new Result(streams + "completed");
        Result memory = new Result(streams + "resident memory at its peak");
        for (String build : GatewayUnderTest.builds()) {
            try (GatewayUnderTest gateway = GatewayUnderTest.start(build, setup.unlimited(), HEAP)) {
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    setup.streams().run(gateway.target(), plan.streams(), plan.events() / 4, EVERY, RAMP);
                }
                StreamResult result = setup.streams().run(gateway.target(), plan.manyStreams(), plan.events(), EVERY, RAMP);
                completed = completed.value(build, Integer.toString(result.completedStreams()))
                        .require(result.lostEvents() + " events lost " + result.firstFailure(), "all, none lost", result.whole());
                memory = memory.value(build, gateway.peakMemory());
            }
        }
        return List.of(completed, memory);
    }
}
