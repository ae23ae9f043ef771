package dev.openaigateway.bench;

import dev.openaigateway.support.RedisProcess;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A gateway with limits on Redis that gets 200 requests per second and 200 streams as soon as it is ready. */
final class ColdRow implements Row {

    private static final int PER_SECOND = 200;
    private static final int STREAMS = 200;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration FIRST_SECOND = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int EVENTS = 90;
    private static final int REHEARSALS = 1;
    private static final double P99_MILLIS = 250;

    @Override
    public String title() {
        return "cold, under load at once";
    }

    /** The load generator and the upstream are warmed up first, without a gateway, so that the row measures the gateway alone. */
    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        for (int round = 0; round < REHEARSALS; round++) {
            run(setup, setup.targets().get(setup.indexOf(Target.DIRECT)));
        }
        Load proxied = run(setup, setup.targets().get(setup.indexOf(Target.PROXY)));
        try (RedisProcess redis = RedisProcess.started();
                GatewayUnderTest gateway = GatewayUnderTest.start(setup.limitedEverywhere(redis.url()))) {
            Load load = run(setup, gateway.target());
            return results(proxied.requests().percentile(99), load, gateway.alerts());
        }
    }

    private record Load(SteadyLoad requests, StreamResult streams) {
    }

    private static Load run(Setup setup, Target target) throws InterruptedException {
        CompletableFuture<StreamResult> streams = CompletableFuture.supplyAsync(() -> {
            try {
                return setup.streams().run(target, STREAMS, EVENTS, EVERY, FIRST_SECOND);
            } catch (InterruptedException e) {
                throw new BrokenRunException("streams of a cold gateway", e);
            }
        });
        return new Load(setup.steady(PER_SECOND, TIME, FIRST_SECOND).run(target), streams.join());
    }

    private List<Result> results(double proxied, Load load, long alerts) {
        SteadyLoad requests = load.requests();
        StreamResult ended = load.streams();
        double p99 = requests.percentile(99);
        boolean clean = requests.failures() == 0 && ended.whole();
        return List.of(
                new Result(title() + ", p99 after a second, ms").value(Target.PROXY, "%.0f".formatted(proxied)).value(Target.GATEWAY, "%.0f".formatted(p99))
                        .require("median %.1f".formatted(requests.percentile(50)), "<= " + P99_MILLIS, p99 <= P99_MILLIS),
                new Result(title() + ", errors").value(Target.GATEWAY, Integer.toString(requests.failures() + STREAMS - ended.completedStreams()))
                        .require(requests.firstFailure() + ended.firstFailure(), "none", clean),
                new Result(title() + ", alerts").value(Target.GATEWAY, Long.toString(alerts)).require("", "none", alerts == 0));
    }
}
