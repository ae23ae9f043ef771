package dev.openaigateway.events;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.events.Alert.Kind;
import dev.openaigateway.health.BreakerListener;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Outcome;

import java.time.Duration;
import java.time.InstantSource;

/** Raises alerts about instances and Redis. An alert that any request may cause is raised once in five minutes. Thread-safe. */
public final class AlertRaiser implements CallListener, BreakerListener, RedisListener {

    private static final Duration LONG_BENCH = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_REASON = 300;
    private static final String RULE_ERROR = "rule_error";
    private static final Duration REPEAT_AFTER = Duration.ofMinutes(5);

    private final Events events;
    private final OncePerPeriod repeated;

    public AlertRaiser(Events events, InstantSource clock) {
        this.events = events;
        this.repeated = new OncePerPeriod(REPEAT_AFTER, clock);
    }

    @Override
    public void attemptEnded(Attempt attempt) {
        if (!(attempt.outcome() instanceof Outcome.Failed failed)) {
            return;
        }
        Instance instance = attempt.instance();
        if (failed.reason() == FailureReason.BAD_KEY) {
            badKey(instance, failed.status());
        } else if (failed.reason() == FailureReason.NOT_FOUND && isForNamedModel(attempt)) {
            unknownDeployment(instance, attempt.request().model());
        }
        if (attempt.benched().compareTo(LONG_BENCH) >= 0) {
            benched(instance, attempt.benched(), failed.reason());
        }
    }

    /** A 404 for a stored object does not mean an unknown deployment. */
    private static boolean isForNamedModel(Attempt attempt) {
        ModelRequest request = attempt.request();
        return request.body() != null && request.body().subPath().isEmpty()
                && attempt.instance().settings().models().contains(request.model());
    }

    @Override
    public void breaker(String instance, String deployment, boolean open) {
        events.alert(open ? Kind.BREAKER_OPENED : Kind.BREAKER_CLOSED, instance, "The breaker of instance '" + instance + "'"
                + (deployment == null ? "" : " for '" + deployment + "'") + (open ? " opened." : " closed."));
    }

    private void badKey(Instance instance, int status) {
        raise(Kind.BAD_INSTANCE_KEY, instance.name(), "Instance '" + instance.name() + "' refuses its key (" + status + ").");
    }

    private void unknownDeployment(Instance instance, String model) {
        raise(Kind.UNKNOWN_DEPLOYMENT, instance.name(),
                "Instance '" + instance.name() + "' does not know the model '" + model + "', which its settings name (404).");
    }

    private void benched(Instance instance, Duration time, FailureReason reason) {
        raise(Kind.INSTANCE_BENCHED, instance.name(), "Instance '" + instance.name() + "' " + reason.text()
                + " and is benched for " + time.toSeconds() + " s.");
    }

    /** The result of the health check changed. */
    public void checked(String instance, boolean healthy) {
        events.alert(healthy ? Kind.INSTANCE_BACK : Kind.INSTANCE_DOWN, instance,
                "Instance '" + instance + "' " + (healthy ? "passes" : "fails") + " its health check.");
    }

    /** A rule may have served the request in another way after its instances failed. */
    @Override
    public void completed(Call call) {
        if (RULE_ERROR.equals(call.result().errorCode()) && repeated.admits(Kind.RULE_FAILED + "/" + call.result().rule())) {
            events.alert(Kind.RULE_FAILED, null, "A request was answered with " + RULE_ERROR + " because a rule failed"
                    + (call.result().rule() == null ? "" : ", '" + call.result().rule() + "'")
                    + (call.result().errorMessage() == null ? "." : ": " + shown(call.result().errorMessage(), LONGEST_REASON)));
        }
        if (call.result().isExhausted() && call.result().status() >= 400) {
            String model = shown(call.request().requestedModel());
            if (repeated.admits(Kind.ALL_INSTANCES_OUT + "/" + model)) {
                events.alert(Kind.ALL_INSTANCES_OUT, null, "No instance could take a request for model '" + model + "'.");
            }
        }
    }

    /** An instance may accept any model, so the name may be any text. */
    private static String shown(String model) {
        return shown(model == null ? "" : model, LONGEST_NAME);
    }

    private static String shown(String text, int longest) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }

    @Override
    public void lost(String reason) {
        events.alert(Kind.REDIS_LOST, null, "Redis is unavailable: " + reason + "; on_redis_failure applies until it is back.");
    }

    @Override
    public void back() {
        events.alert(Kind.REDIS_BACK, null, "Redis is back; for one minute a request must fit both its windows and this gateway's own.");
    }

    private void raise(Kind kind, String instance, String message) {
        if (repeated.admits(kind + "/" + instance)) {
            events.alert(kind, instance, message);
        }
    }
}
