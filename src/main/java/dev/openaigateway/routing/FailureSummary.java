package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Collects the failures of the candidates for one model, and selects the error for the client. */
final class FailureSummary {

    private final List<Outcome.Failed> failures = new ArrayList<>(2);
    private boolean busy;
    private boolean down;
    private boolean limiterUnavailable;
    private Duration shortest;
    private ApiError refusal;
    private Outcome.Rejected rejection;
    private String rejectedBy;
    private String rejectedModel;
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

    /** The client's token limit is exhausted, so no instance was asked. */
    static FailureSummary overBudget(ApiError error) {
        FailureSummary summary = new FailureSummary();
        summary.refusal = error;
        summary.busy = true;
        return summary;
    }

    /** The prompt is too long for every candidate. */
    void tooLong(ApiError error) {
        refusal = error;
        tooLong = true;
    }

    /** The client's limit has no room for what this model would need. Not used for the first model. */
    void noBudget() {
        busy = true;
    }

    void skipped(Availability availability) {
        if (availability.state() == Availability.State.BENCHED) {
            busy = true;
        } else {
            down = true;
        }
        consider(availability.busyFor());
    }

    void failed(Outcome outcome, Instance instance, ModelRequest request) {
        if (outcome instanceof Outcome.Rejected rejected) {
            rejection = rejected;
            rejectedBy = instance.name();
            rejectedModel = request.model();
        } else if (outcome == Outcome.NoRoom.UNKNOWN) {
            limiterUnavailable = true;
        } else if (outcome instanceof Outcome.NoRoom noRoom) {
            busy = true;
            consider(noRoom.busyFor());
        } else if (outcome instanceof Outcome.Failed failed) {
            if (failed.reason() == FailureReason.RATE_LIMITED) {
                busy = true;
                consider(failed.retryAfter() == null ? Duration.ofSeconds(1) : failed.retryAfter());
            } else {
                failures.add(failed);
            }
        }
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
        if (busy || failures.stream().anyMatch(failure -> failure.reason() == FailureReason.OUT_OF_CREDIT)) {
            triggers.add(FallbackTrigger.BUDGET);
        }
        return triggers;
    }

    /** Returns the upstream's 404 only if every instance responded with it: then the request itself is at fault. */
    RuntimeException error(Call call) {
        call.result().servedBy(rejectedBy, rejectedModel);
        if (rejection != null) {
            return new UpstreamErrorException(rejection.status(), rejection.body());
        }
        if (refusal != null) {
            return new ApiException(refusal);
        }
        call.result().exhausted();
        if (failures.isEmpty() && limiterUnavailable && !busy) {
            return new ApiException(Errors.limiterUnavailable());
        }
        if (failures.isEmpty()) {
            return new ApiException(busy && !down
                    ? Errors.allBusy(shortest, call.result().attempts()) : Errors.noneAvailable(shortest, call.result().attempts()));
        }
        Outcome.Failed last = failures.get(failures.size() - 1);
        if (all(FailureReason.NOT_FOUND) && !busy && last.body() != null) {
            return new UpstreamErrorException(last.status(), last.body());
        }
        return new ApiException(summary(last, call));
    }

    private ApiError summary(Outcome.Failed last, Call call) {
        if (all(FailureReason.OUT_OF_CREDIT)) {
            return busy ? Errors.allBusy(shortest, call.result().attempts()) : Errors.upstreamQuota(call.result().attempts());
        }
        return switch (last.reason()) {
            case UNREACHABLE -> Errors.noneAvailable(shortest, call.result().attempts());
            case TIMEOUT, OUT_OF_PATIENCE -> Errors.upstreamTimeout(call.result().attempts());
            case SERVER_ERROR -> Errors.upstreamFailed(last.status() >= 500 ? last.status() : 502, last.detail(), call.result().attempts());
            default -> Errors.upstreamFailed(502, last.detail(), call.result().attempts());
        };
    }

    private boolean all(FailureReason reason) {
        return failures.stream().allMatch(failure -> failure.reason() == reason);
    }

    private void consider(Duration wait) {
        if (wait != null && (shortest == null || wait.compareTo(shortest) < 0)) {
            shortest = wait;
        }
    }
}
