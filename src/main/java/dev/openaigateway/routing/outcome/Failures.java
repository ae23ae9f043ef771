package dev.openaigateway.routing.outcome;

import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.health.Availability;
import dev.openaigateway.openai.ApiError;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what kept the candidates for one model from serving a request. {@link ClientError} makes an error of it. Not thread-safe. */
public final class Failures {

    private static final Set<FailureReason> OF_BUDGET = EnumSet.of(FailureReason.OUT_OF_CREDIT, FailureReason.TOO_LARGE);

    private final Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
    private final List<Outcome.Failed> failed = new ArrayList<>(2);
    private final Set<String> retryHints = new HashSet<>(2);
    private Outcome.Failed limited;
    private Outcome.Rejected rejection;
    private Outcome.Missing missing;
    private ApiError refusal;
    private Duration shortest;
    private String latestInstance;
    private String latestModel;

    /** The limits of the client and of the gateway have not granted the request, so no instance was called. */
    public static Failures refused(ApiError error, boolean isOverBudget) {
        Failures failures = new Failures();
        failures.refusal = error;
        if (isOverBudget) {
            failures.overBudget();
        }
        return failures;
    }

    /**
     * No candidate serves the model.
     *
     * @param whileDisabled whether a disabled instance serves it
     */
    public void unserved(ApiError error, boolean whileDisabled) {
        refusal = error;
        if (whileDisabled) {
            obstacles.add(Obstacle.DISABLED);
        }
    }

    /** The prompt is too long for every candidate. */
    public void tooLong(ApiError error) {
        refusal = error;
        obstacles.add(Obstacle.TOO_LONG);
    }

    /** The client's limit has no room for this model. */
    public void overBudget() {
        obstacles.add(Obstacle.OVER_BUDGET);
    }

    /** A candidate is not called for now. */
    public void skipped(Availability availability) {
        obstacles.add(switch (availability.state()) {
            case RATE_LIMITED -> Obstacle.BENCHED;
            case NO_CREDIT -> Obstacle.NO_CREDIT;
            case BREAKER_OPEN -> Obstacle.BREAKER_OPEN;
            case READY, DISABLED, UNAVAILABLE, FAILS_CHECKS, NO_TOKEN -> Obstacle.DOWN;
        });
        consider(availability.busyFor());
    }

    /** A breaker refused the attempt, because all its probes are in flight. */
    public void heldBackByBreaker() {
        obstacles.add(Obstacle.BREAKER_OPEN);
    }

    /** The candidates that a breaker refused are called now although it is open. */
    public void breakersIgnored() {
        obstacles.remove(Obstacle.BREAKER_OPEN);
    }

    /** The retry budget refused the attempt. */
    public void heldBack() {
        obstacles.add(Obstacle.WITHHELD);
    }

    /** An attempt did not serve the request. */
    public void failed(Outcome outcome, String instance, String model) {
        latestInstance = instance;
        latestModel = model;
        if (outcome instanceof Outcome.Rejected rejected) {
            rejection = rejected;
        } else if (outcome instanceof Outcome.Missing unknown) {
            missing = unknown;
        } else if (outcome == Outcome.NoRoom.UNKNOWN) {
            obstacles.add(Obstacle.LIMITER_UNAVAILABLE);
        } else if (outcome instanceof Outcome.NoRoom noRoom) {
            obstacles.add(Obstacle.NO_ROOM);
            consider(noRoom.busyFor());
        } else if (outcome instanceof Outcome.Failed failure) {
            failed(failure);
        }
    }

    private void failed(Outcome.Failed failure) {
        retryHints.add(failure.retryHint());
        if (failure.reason() == FailureReason.RATE_LIMITED) {
            obstacles.add(Obstacle.LIMITED);
            Duration wait = failure.retryAfter() == null ? Duration.ofSeconds(1) : failure.retryAfter();
            limited = limited == null || wait.compareTo(shortest) <= 0 ? failure : limited;
            consider(wait);
        } else {
            failed.add(failure);
            consider(failure.retryAfter());
        }
    }

    private void consider(Duration wait) {
        if (wait != null && (shortest == null || wait.compareTo(shortest) < 0)) {
            shortest = wait;
        }
    }

    /** The kinds of failure after which a rule may ask another model. The caller may change the set. */
    public Set<FallbackTrigger> triggers() {
        Set<FallbackTrigger> triggers = EnumSet.noneOf(FallbackTrigger.class);
        if (rejection != null && rejection.trigger() != null) {
            triggers.add(rejection.trigger());
        } else if (has(Obstacle.TOO_LONG)) {
            triggers.add(FallbackTrigger.CONTEXT_LENGTH);
        } else if (has(Obstacle.DISABLED) || rejection == null && refusal == null) {
            triggers.add(FallbackTrigger.ERROR);
        }
        if (has(Obstacle.OVER_BUDGET) || isBusy() || has(Obstacle.NO_CREDIT) || failed.stream().map(Outcome.Failed::reason).anyMatch(OF_BUDGET::contains)) {
            triggers.add(FallbackTrigger.BUDGET);
        }
        return triggers;
    }

    boolean has(Obstacle obstacle) {
        return obstacles.contains(obstacle);
    }

    /** Whether an instance that was not called has room later. */
    boolean isWaiting() {
        return has(Obstacle.BENCHED) || has(Obstacle.NO_ROOM);
    }

    /** Whether an instance, called or not, is at a limit and has room later. */
    boolean isBusy() {
        return isWaiting() || has(Obstacle.LIMITED);
    }

    /** Whether an instance was not called, although no limit and no lack of credit kept it from that. */
    boolean isDown() {
        return has(Obstacle.DOWN) || has(Obstacle.WITHHELD) || has(Obstacle.BREAKER_OPEN);
    }

    /** Whether an instance has failed, other than by its limit, or has refused the request itself. */
    public boolean isAnyTried() {
        return !failed.isEmpty() || rejection != null;
    }

    /** The attempts that failed for another reason than a limit, in their order. */
    List<Outcome.Failed> failed() {
        return failed;
    }

    /** Of the attempts that failed by a limit the latest with the shortest wait; null if there is none. */
    Outcome.Failed limited() {
        return limited;
    }

    /** Null if no instance has refused the request itself. */
    Outcome.Rejected rejection() {
        return rejection;
    }

    /** The latest one; null if there is none. */
    Outcome.Missing missing() {
        return missing;
    }

    /** The error of the gateway itself; null if candidates could be asked. */
    ApiError refusal() {
        return refusal;
    }

    /** The shortest wait of all; null if none is known. */
    Duration shortest() {
        return shortest;
    }

    /** The {@code x-should-retry} of all instances that failed, which may be null; null if they differ. */
    String retryHint() {
        return retryHints.size() == 1 ? retryHints.iterator().next() : null;
    }

    /** The instance that was called last; null if none was. */
    String latestInstance() {
        return latestInstance;
    }

    /** The model that {@link #latestInstance} was called with. */
    String latestModel() {
        return latestModel;
    }
}
