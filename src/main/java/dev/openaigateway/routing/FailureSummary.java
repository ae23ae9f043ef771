package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the failures of all candidates and selects the error that the client gets. */
final class FailureSummary {

    private final List<Outcome.Failed> failures = new ArrayList<>(2);
    private boolean busy;
    private boolean down;
    private boolean limiterUnavailable;
    private Duration shortest;

    void passedOver(Availability availability) {
        if (availability.state() == Availability.State.BENCHED) {
            busy = true;
        } else {
            down = true;
        }
        consider(availability.busyFor());
    }

    void failed(Outcome outcome) {
        if (outcome == Outcome.NoRoom.UNKNOWN) {
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

    /** The client's own request is at fault only where every instance says the same 404. */
    RuntimeException error(Call call) {
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
            case TIMEOUT -> Errors.upstreamTimeout(call.result().attempts());
            case SERVER_ERROR -> Errors.upstreamFailed(last.status() >= 500 ? last.status() : 502, last.detail(), call.result().attempts());
            default -> Errors.upstreamFailed(502, last.detail(), call.result().attempts());
        };
    }

    private boolean all(FailureReason reason) {
        return failures.stream().allMatch(failure -> failure.reason() == reason);
    }

    private void consider(Duration waiting) {
        if (waiting != null && (shortest == null || waiting.compareTo(shortest) < 0)) {
            shortest = waiting;
        }
    }
}
