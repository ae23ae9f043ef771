package dev.openaigateway.admin;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks each instance that has a {@code health_interval} whether it is there, and keeps out those that are not. */
public final class HealthChecks {

    /** Told when what checks find changes. */
    @FunctionalInterface
    public interface Listener {

        void checked(String instance, boolean good);
    }

    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Instances instances;
    private final Probe probe;
    private final Executor threads;
    private final Listener listener;
    private final InstantSource clock;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** @param threads each check holds one, up to the instance's {@code health_timeout} */
    public HealthChecks(Instances instances, Probe probe, Executor threads, Listener listener, InstantSource clock) {
        this.instances = instances;
        this.probe = probe;
        this.threads = threads;
        this.listener = listener;
        this.clock = clock;
    }

    /** @param timer what looks for checks that are due, until it is shut down */
    public void start(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(() -> instances.all().forEach(this::look), 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Instance instance) {
        InstanceSettings settings = instance.settings();
        String name = instance.name();
        if (!settings.enabled() || settings.healthInterval().isZero()) {
            due.remove(name);
            instance.health().checked(true);
        } else if (!clock.instant().isBefore(due.getOrDefault(name, Instant.MIN)) && running.add(name)) {
            due.put(name, clock.instant().plus(settings.healthInterval()));
            threads.execute(() -> check(instance));
        }
    }

    private void check(Instance instance) {
        try {
            boolean good = probe.call(instance.settings()).good();
            if (good == instance.health().failsChecks()) {
                instance.health().checked(good);
                listener.checked(instance.name(), good);
            }
        } finally {
            running.remove(instance.name());
        }
    }
}
