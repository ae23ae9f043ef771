package dev.openaigateway.healthcheck;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.guard.PeriodicTask;
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

/** Checks each instance that has a {@code health_interval}. An instance that fails is unavailable until a check succeeds. */
public final class HealthChecks {

    /** Notified when the result of an instance's check changes. */
    @FunctionalInterface
    public interface Listener {

        void checked(String instance, boolean healthy);
    }

    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Instances instances;
    private final HealthCheck check;
    private final Executor threads;
    private final Listener listener;
    private final InstantSource clock;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** @param threads run the checks; each check takes one for at most the instance's {@code health_timeout} */
    public HealthChecks(Instances instances, HealthCheck check, Executor threads, Listener listener, InstantSource clock) {
        this.instances = instances;
        this.check = check;
        this.threads = threads;
        this.listener = listener;
        this.clock = clock;
    }

    /** @param timer starts the checks that are due, until it is shut down */
    public void start(ScheduledExecutorService timer) {
        PeriodicTask.start(timer, "health checks", Duration.ZERO, PERIOD, () -> instances.all().forEach(this::checkIfDue));
    }

    private void checkIfDue(Instance instance) {
        InstanceSettings settings = instance.settings();
        String name = instance.name();
        if (!settings.enabled() || settings.healthInterval().isZero()) {
            due.remove(name);
            instance.health().checked(true);
        } else if (!clock.instant().isBefore(due.getOrDefault(name, Instant.MIN)) && running.add(name)) {
            due.put(name, clock.instant().plus(settings.healthInterval()));
            start(instance);
        }
    }

    /** There may be no thread for it at this moment. Then the instance is checked when it is due again. */
    private void start(Instance instance) {
        boolean started = false;
        try {
            threads.execute(() -> check(instance));
            started = true;
        } finally {
            if (!started) {
                running.remove(instance.name());
            }
        }
    }

    /** The settings may change during a check. Then its result is dropped, and the instance is checked again at once. */
    private void check(Instance instance) {
        try {
            boolean healthy = check.call(instance.settings()).healthy();
            instances.named(instance.name()).filter(active -> active.settings().equals(instance.settings()))
                    .ifPresentOrElse(active -> record(active, healthy), () -> due.remove(instance.name()));
        } finally {
            running.remove(instance.name());
        }
    }

    private void record(Instance instance, boolean healthy) {
        if (healthy == instance.health().failsChecks()) {
            instance.health().checked(healthy);
            listener.checked(instance.name(), healthy);
        }
    }
}
