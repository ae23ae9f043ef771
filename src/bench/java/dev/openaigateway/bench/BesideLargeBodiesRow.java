package dev.openaigateway.bench;

import io.vertx.core.buffer.Buffer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How late the events of streams are while requests of 1 MB arrive, through a gateway with a heap of 256 MB and the bare proxy. */
final class BesideLargeBodiesRow implements Row {

    private static final int PER_SECOND = 20;
    private static final int STREAMS = 200;
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration RAMP = Duration.ofSeconds(1);
    private static final int MOST_EVENTS = 30;
    private static final int WARM_UP_ROUNDS = 2;
    private static final double P99_OF_PROXY = 3;
    /** As docs/operate.md recommends for steady latencies. A heap that grows and shrinks is collected more often. */
    private static final String[] FIXED_HEAP = {"-Xms256m", "-Xmx256m"};

    @Override
    public String title() {
        return "beside 1 MB bodies, streams";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        try (GatewayUnderTest small = GatewayUnderTest.start(setup.unlimited(), FIXED_HEAP)) {
            List<Target> targets = List.of(setup.targets().get(setup.indexOf(Target.PROXY)), small.target());
            Map<Target, StreamRounds> alone = new LinkedHashMap<>();
            Map<Target, StreamRounds> beside = new LinkedHashMap<>();
            Map<Target, String> failures = new LinkedHashMap<>();
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                for (Target target : targets) {
                    besideBodies(setup, target, new LinkedHashMap<>());
                }
            }
            for (int round = 0; round < setup.plan().repeats(); round++) {
                for (Target target : targets) {
                    alone.computeIfAbsent(target, any -> new StreamRounds()).add(streams(setup, target), Duration.ZERO);
                    beside.computeIfAbsent(target, any -> new StreamRounds()).add(besideBodies(setup, target, failures), Duration.ZERO);
                }
            }
            return List.of(p99(title() + ", p99 lateness without bodies, ms", alone), required(beside, failures, small.target(), targets.get(0)));
        }
    }

    private static StreamResult streams(Setup setup, Target target) throws InterruptedException {
        return setup.streams().run(target, STREAMS, events(setup), EVERY, RAMP);
    }

    private static int events(Setup setup) {
        return Math.min(MOST_EVENTS, setup.plan().events());
    }

    private static StreamResult besideBodies(Setup setup, Target target, Map<Target, String> failures) throws InterruptedException {
        Buffer body = new AgentPrompts(AgentPrompts.MB).growing().get();
        SteadyLoad bodies = setup.steady(body, PER_SECOND, RAMP.plus(EVERY.multipliedBy(events(setup))), Duration.ZERO);
        Thread load = new Thread(() -> run(bodies, target));
        load.start();
        StreamResult result = streams(setup, target);
        load.join();
        if (bodies.failures() > 0) {
            failures.merge(target, bodies.failures() + " bodies failed, the first with " + bodies.firstFailure(), (first, second) -> first);
        }
        return result;
    }

    private static void run(SteadyLoad bodies, Target target) {
        try {
            bodies.run(target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Result required(Map<Target, StreamRounds> beside, Map<Target, String> failures, Target gateway, Target proxy) {
        double times = beside.get(gateway).lateness(99) / beside.get(proxy).lateness(99);
        boolean whole = beside.get(gateway).whole() && !failures.containsKey(gateway);
        return p99(title() + ", p99 lateness at %d bodies a second, ms".formatted(PER_SECOND), beside)
                .require("%.1f x the proxy's, %d events lost %s".formatted(times, beside.get(gateway).lostEvents(), failures.getOrDefault(gateway, "")),
                        "<= " + P99_OF_PROXY + ", none lost", whole && times <= P99_OF_PROXY);
    }

    private static Result p99(String title, Map<Target, StreamRounds> rounds) {
        Result line = new Result(title);
        for (Map.Entry<Target, StreamRounds> each : rounds.entrySet()) {
            line = line.value(each.getKey().name(), "%.2f".formatted(each.getValue().lateness(99)));
        }
        return line;
    }
}
