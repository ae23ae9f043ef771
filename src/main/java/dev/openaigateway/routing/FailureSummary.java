package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.UpstreamErrorException;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.health.Availability;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects the failures of the candidates for one model, and selects the error for the client. */
final class FailureSummary {

    private final List<Outcome.Failed> failures = new ArrayList<>(2);
    private final List<Candidate> open = new ArrayList<>(0);
    private final Set<String> retryHints = new HashSet<>(2);
    private Outcome.Failed limited;
    private boolean busy;
    private boolean waiting;
    private boolean down;
    private boolean withheld;
    private boolean noCredit;
    private boolean limiterUnavailable;
    private Duration shortest;
    private ApiError refusal;
    private Outcome.Rejected rejection;
    private Outcome.Missing missing;
    private String latestInstance;
    private String latestModel;
    private boolean disabled;
    private boolean tooLong;

    /**
     * No candidate serves the model.
     *
     * @param whileDisabled whether a disabled instance serves it
     */
    void unserved(ApiError error, boolean whileDisabled) {
        refusal = error;
        disabled = whileDisabled;
    }

    /** The limits of the client and of the gateway have not granted the request, so no instance was called. */
    static FailureSummary refused(ApiError error, boolean isOverBudget) {
        FailureSummary summary = new FailureSummary();
        summary.refusal = error;
        summary.busy = isOverBudget;
        return summary;
    }

    /** The prompt is too long for every candidate. */
    void tooLong(ApiError error) {
        refusal = error;
        tooLong = true;
    }

    /** The client's limit has no room for this model, which is not the first. */
    void noBudget() {
        busy = true;
    }

    /** The candidate is not called for now. */
    void skipped(Candidate candidate, Availability availability) {
        switch (availability.state()) {
            case RATE_LIMITED -> waiting = busy = true;
            case NO_CREDIT -> noCredit = true;
            case BREAKER_OPEN -> open.add(candidate);
            default -> down = true;
        }
        consider(availability.busyFor());
    }

    /** A breaker refused the attempt, because all its probes are in flight. */
    void heldBackByBreaker(Candidate candidate) {
        open.add(candidate);
    }

    /** The retry budget refused the attempt. */
    void heldBack() {
        withheld = true;
    }

    /** Removes and returns the candidates that an open breaker refused. They are now called although it is open. */
    List<Candidate> takeOpen() {
        List<Candidate> asked = List.copyOf(open);
        open.clear();
        return asked;
    }

    /** Whether no instance was called, and the breaker of one refused it. */
    boolean isUntried() {
        return hasOpen() && failures.isEmpty() && rejection == null;
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    private boolean isDown() {
        return down || withheld || hasOpen();
    }

    void failed(Outcome outcome, Instance instance, ModelRequest request) {
        latestInstance = instance.name();
        latestModel = request.model();
        if (outcome instanceof Outcome.Rejected rejected) {
            rejection = rejected;
        } else if (outcome instanceof Outcome.Missing refusal) {
            missing = refusal;
        } else if (outcome == Outcome.NoRoom.UNKNOWN) {
            limiterUnavailable = true;
        } else if (outcome instanceof Outcome.NoRoom noRoom) {
            waiting = busy = true;
            consider(noRoom.busyFor());
        } else if (outcome instanceof Outcome.Failed failed) {
            retryHints.add(failed.retryHint());
            if (failed.reason() == FailureReason.RATE_LIMITED) {
                busy = true;
                Duration wait = failed.retryAfter() == null ? Duration.ofSeconds(1) : failed.retryAfter();
                limited = limited == null || wait.compareTo(shortest) <= 0 ? failed : limited;
                consider(wait);
            } else {
                failures.add(failed);
                consider(failed.retryAfter());
            }
        }
    }

    private UpstreamErrorException unchanged(Call call, int status, byte[] body, String retryHint) {
        call.result().servedBy(latestInstance, latestModel);
        return new UpstreamErrorException(status, body, retryHint);
    }

    /** The kinds of failure after which a rule may ask another model. The caller may change the set. */
    Set<FallbackTrigger> triggers() {
        Set<FallbackTrigger> triggers = EnumSet.noneOf(FallbackTrigger.class);
        if (rejection != null && rejection.trigger() != null) {
            triggers.add(rejection.trigger());
        } else if (tooLong) {
            triggers.add(FallbackTrigger.CONTEXT_LENGTH);
        } else if (disabled || rejection == null && refusal == null) {
            triggers.add(FallbackTrigger.ERROR);
        }
        if (busy || noCredit || failures.stream().map(Outcome.Failed::reason).anyMatch(Set.of(FailureReason.OUT_OF_CREDIT, FailureReason.TOO_LARGE)::contains)) {
            triggers.add(FallbackTrigger.BUDGET);
        }
        return triggers;
    }

    /**
     * Records that no instance served the call, and returns its error. If every instance with a right address responded with 404, or refused
     * a reference, and none may serve the request later, the request itself is at fault, and the error is the upstream's.
     */
    RuntimeException conclude(Call call) {
        call.result().servedBy(null, null);
        if (rejection != null) {
            return unchanged(call, rejection.status(), rejection.body(), rejection.retryHint());
        }
        if (refusal != null) {
            return new ApiException(refusal);
        }
        if (missing != null && failures.stream().allMatch(Outcome.Failed::isOfAddress) && !isAnyWaiting()) {
            return unchanged(call, missing.status(), missing.body(), null);
        }
        Outcome.Failed last = failures.stream().reduce((one, next) -> next.rank() < one.rank() ? one : next).orElse(null);
        if (last != null && (all(last, FailureReason.NOT_FOUND) || all(last, FailureReason.TOO_LARGE)) && !isAnyWaiting() && last.body() != null) {
            return unchanged(call, last.status(), last.body(), last.retryHint());
        }
        call.result().exhausted();
        List<AttemptReport> attempts = call.result().attempts();
        if (last == null || limited != null || last.reason().isLasting() && isAnyWaiting()) {
            return new ApiException(ofWaiting(call, attempts));
        }
        return new ApiException(withRetryHint(quoting(last, summary(last, attempts), call)));
    }

    /** Whether an instance that was not asked, or is at its limit, may serve the request later. */
    private boolean isAnyWaiting() {
        return busy || isDown() || noCredit || limiterUnavailable;
    }

    private static ApiError quoting(Outcome.Failed failed, ApiError error, Call call) {
        return failed.headers() == null ? error : call.result().quoting(failed.headers(), failed.body(), error);
    }

    /** The error with the shortest wait. It has the message of the upstream only if no other instance was called or is benched. */
    private ApiError allBusy(Call call, List<AttemptReport> attempts) {
        String detail = limited != null && attempts.size() == 1 && !waiting ? limited.detail() : "";
        ApiError error = Errors.allBusy(detail, shortest, attempts);
        return limited == null ? error : quoting(limited, error, call).withRetryHint(agreedHint());
    }

    private ApiError ofWaiting(Call call, List<AttemptReport> attempts) {
        if (limiterUnavailable && !busy) {
            return Errors.limiterUnavailable();
        }
        if (limited != null || busy && !down && !hasOpen()) {
            return allBusy(call, attempts);
        }
        return noCredit && !isDown() ? Errors.upstreamQuota(attempts) : Errors.noneAvailable(shortest, attempts);
    }

    private ApiError summary(Outcome.Failed last, List<AttemptReport> attempts) {
        if (all(last, FailureReason.OUT_OF_CREDIT)) {
            return Errors.upstreamQuota(attempts);
        }
        if (all(last, FailureReason.SHORTAGE)) {
            return Errors.shortage(attempts);
        }
        return switch (last.reason()) {
            case UNREACHABLE, SHORTAGE, NO_TOKEN -> Errors.noneAvailable(shortest, attempts);
            case TIMEOUT, LONG_TIMEOUT -> Errors.upstreamTimeout(attempts);
            case SERVER_ERROR -> Errors.upstreamFailed(last.status() >= 500 && last.status() < 600 ? last.status() : 502, last.detail(), attempts)
                    .after(last.retryAfter() == null ? null : shortest);
            case BROKEN, MALFORMED, BAD_KEY, NOT_FOUND, CONFLICT, RATE_LIMITED, TOO_LARGE, OUT_OF_CREDIT, STOPPED -> Errors.upstreamFailed(502, last.detail(), attempts);
        };
    }

    /** Tells the client not to try again if every failure is final; otherwise passes on what all instances say of another try. */
    private ApiError withRetryHint(ApiError error) {
        boolean isFinal = !busy && !isDown() && failures.stream().allMatch(Outcome.Failed::isFinal);
        return isFinal ? error.notRetryable() : error.withRetryHint(agreedHint());
    }

    /** The {@code x-should-retry} of all instances; null if they differ, or if another instance may serve the next try. */
    private String agreedHint() {
        return retryHints.size() == 1 && !waiting && !isDown() ? retryHints.iterator().next() : null;
    }

    private boolean all(Outcome.Failed last, FailureReason reason) {
        return last.reason() == reason && failures.stream().allMatch(failure -> failure.reason() == reason || failure.isOfAddress());
    }

    private void consider(Duration wait) {
        if (wait != null && (shortest == null || wait.compareTo(shortest) < 0)) {
            shortest = wait;
        }
    }
}
