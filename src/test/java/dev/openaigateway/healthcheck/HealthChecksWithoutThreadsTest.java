package dev.openaigateway.healthcheck;

import dev.openaigateway.health.Breakers;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** The operating system has no thread for a check at one moment. */
class HealthChecksWithoutThreadsTest {

    private final TestClock clock = new TestClock();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger started = new AtomicInteger();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void shouldCheckAllInstancesAgain() {
        Instances instances = new Instances(new Breakers(clock, (instance, deployment, configured, open) -> { }), clock);
        instances.apply(TestSettings.of("""
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "http://east", health_interval: 30 }
                  - { name: west, provider_type: generic, api_key: k, api_base: "http://west", health_interval: 30 }
                """));
        Executor threads = check -> {
            if (started.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            check.run();
        };
        HealthCheck unreachable = new HealthCheck(null, null);

        new HealthChecks(instances, unreachable, threads, (instance, healthy) -> failing.add(instance), clock).start(timer);

        Eventually.holds("the other instance is checked", () -> failing.contains("west"));
        clock.advance(Duration.ofSeconds(31));
        Eventually.holds("the instance is checked when it is due again", () -> failing.contains("east"));
    }
}
