package dev.openaigateway.events;

import dev.openaigateway.events.Alert.Kind;
import dev.openaigateway.ratelimit.RedisListener;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.InstanceListener;
import dev.openaigateway.stats.Metrics;
import dev.openaigateway.stats.Statistics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Raises alerts about instances and Redis. The same alert is raised once in five minutes, not once per request. */
public final class AlertRaiser implements InstanceListener, RedisListener {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration QUIET = Duration.ofMinutes(5);

    private final Events events;
    private final Statistics statistics;
    private final Metrics metrics;
    private final OncePerPeriod repeated;

    public AlertRaiser(Events events, Statistics statistics, Metrics metrics, InstantSource clock) {
        this.events = events;
        this.statistics = statistics;
        this.metrics = metrics;
        this.repeated = new OncePerPeriod(QUIET, clock);
    }

    @Override
    public void failed(Instance instance, String model, FailureReason reason) {
        String kind = reason.name().toLowerCase(Locale.ROOT);
        statistics.failedAttempt(instance.name(), kind);
        metrics.failedAttempt(instance.name(), model, kind);
    }

    @Override
    public void breaker(String instance, boolean open) {
        events.alert(open ? Kind.BREAKER_OPENED : Kind.BREAKER_CLOSED, instance,
                "The breaker of instance '" + instance + "' " + (open ? "opened." : "closed."));
    }

    @Override
    public void badKey(Instance instance, int status) {
        raise(Kind.BAD_INSTANCE_KEY, instance.name(), "Instance '" + instance.name() + "' refuses its key (" + status + ").");
    }

    @Override
    public void unknownDeployment(Instance instance, String model) {
        raise(Kind.UNKNOWN_DEPLOYMENT, instance.name(),
                "Instance '" + instance.name() + "' does not know the model '" + model + "', which its settings name (404).");
    }

    @Override
    public void benched(Instance instance, Duration time, FailureReason reason) {
        if (time.compareTo(LONG) >= 0) {
            raise(Kind.INSTANCE_BENCHED, instance.name(), "Instance '" + instance.name() + "' " + reason.text()
                    + " and is left alone for " + time.toSeconds() + " s.");
        }
    }

    /** A health check failed after good ones, or succeeded after failed ones. */
    public void checked(String instance, boolean good) {
        events.alert(good ? Kind.INSTANCE_BACK : Kind.INSTANCE_DOWN, instance,
                "Instance '" + instance + "' " + (good ? "passes" : "fails") + " its health check.");
    }

    @Override
    public void noneLeft(String model) {
        raise(Kind.ALL_INSTANCES_OUT, null, "No instance could take a request for a configured model.");
    }

    @Override
    public void lost(String reason) {
        events.alert(Kind.REDIS_LOST, null, "Redis is away: " + reason + "; limits are kept as on_redis_failure says until it is back.");
    }

    @Override
    public void back() {
        events.alert(Kind.REDIS_BACK, null, "Redis is back; for one minute its windows and this gateway's own must both have room.");
    }

    private void raise(Kind kind, String instance, String message) {
        if (repeated.admits(kind + "/" + instance)) {
            events.alert(kind, instance, message);
        }
    }
}
