package dev.openaigateway.events;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallResult;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.events.Alert.Kind;
import dev.openaigateway.health.HealthListener;
import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.text.Excerpt;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Raises alerts about instances and Redis. An alert that any request may cause is raised once in five minutes. A name that only
 * clients use is not in it, since they could invent one for each request. Thread-safe.
 */
public final class AlertRaiser implements CallListener, HealthListener, RedisListener {

    private static final Duration LONG_BENCH = Duration.ofMinutes(1);
    private static final int LONGEST_REASON = 300;
    private static final Duration REPEAT_AFTER = Duration.ofMinutes(5);

    private final Events events;
    private final UnaryOperator<String> models;
    /** Each kind has a memory of its own, so that many alerts of one kind do not make another forget. */
    private final Map<Kind, OncePerPeriod> repeated = new EnumMap<>(Kind.class);

    /** @param models returns the name to report a model under: its own if the settings name it or an instance served it */
    public AlertRaiser(Events events, UnaryOperator<String> models, InstantSource clock) {
        this.events = events;
        this.models = models;
        for (Kind kind : Kind.values()) {
            repeated.put(kind, new OncePerPeriod(REPEAT_AFTER, clock));
        }
    }

    @Override
    public void attemptEnded(Attempt attempt) {
        if (!(attempt.outcome() instanceof Outcome.Failed failed)) {
            return;
        }
        Instance instance = attempt.instance();
        if (failed.reason() == FailureReason.NOT_FOUND && isForNamedModel(attempt)) {
            unknownDeployment(instance, attempt.request().model(), failed.status());
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
    public void breakerChanged(String instance, String deployment, boolean configured, boolean open) {
        Kind kind = open ? Kind.BREAKER_OPENED : Kind.BREAKER_CLOSED;
        String named = deployment == null || configured ? deployment : models.apply(deployment);
        String message = "The breaker of instance '" + instance + "'" + (named == null ? "" : " for '" + shown(named) + "'") + (open ? " opened." : " closed.");
        if (Objects.equals(named, deployment)) {
            events.alert(kind, instance, message);
        } else {
            raise(kind, instance, message);
        }
    }

    @Override
    public void keyRefused(String instance, int status) {
        raise(Kind.BAD_INSTANCE_KEY, instance, "Instance '" + instance + "' " + FailureReason.BAD_KEY.text() + " (" + status + ").");
    }

    private void unknownDeployment(Instance instance, String model, int status) {
        raise(Kind.UNKNOWN_DEPLOYMENT, instance.name(),
                "Instance '" + instance.name() + "' does not know the model '" + model + "', which its settings name (" + status + ").");
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
        if (ErrorCode.RULE_ERROR.equals(call.result().errorCode())) {
            ruleFailed(call.result());
        }
        if (call.result().isExhausted() && call.result().status() >= 400) {
            allOut(shown(models.apply(call.request().requestedModel())), ErrorCode.RATE_LIMIT_EXCEEDED.equals(call.result().errorCode()));
        }
    }

    private void ruleFailed(CallResult result) {
        raise(Kind.RULE_FAILED, result.rule(), null, "A request was answered with " + ErrorCode.RULE_ERROR + " because a rule failed"
                + (result.rule() == null ? "" : ", '" + result.rule() + "'")
                + (result.errorMessage() == null ? "." : ": " + shown(result.errorMessage())));
    }

    /** Limits pass in seconds, so they are a subject of their own: they must not use up the five minutes of an outage. */
    private void allOut(String model, boolean atLimit) {
        raise(Kind.ALL_INSTANCES_OUT, model + "/" + atLimit, null, atLimit ? "All instances for model '" + model + "' are at their limit."
                : "No instance could take a request for model '" + model + "'.");
    }

    private static String shown(String text) {
        return Excerpt.marked(text.replaceAll("\\p{Cntrl}", "?"), LONGEST_REASON);
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
        raise(kind, instance, instance, message);
    }

    private void raise(Kind kind, String subject, String instance, String message) {
        if (repeated.get(kind).admits(String.valueOf(subject))) {
            events.alert(kind, instance, message);
        }
    }
}
