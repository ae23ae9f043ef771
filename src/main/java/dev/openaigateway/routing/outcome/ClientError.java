package dev.openaigateway.routing.outcome;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.UpstreamErrorException;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.Errors;

import java.util.List;

/** Chooses the error that the client gets, if no candidate for the model has served its request. Not thread-safe. */
public final class ClientError {

    private final Failures failures;
    private final Call call;
    private final List<AttemptReport> attempts;

    private ClientError(Failures failures, Call call) {
        this.failures = failures;
        this.call = call;
        this.attempts = call.result().attempts();
    }

    /**
     * Records that no instance served the call, and returns its error. If every instance with a right address responded with 404, or refused
     * a reference, and none may serve the request later, the request itself is at fault, and the error is the upstream's.
     */
    public static RuntimeException conclude(Failures failures, Call call) {
        call.result().servedBy(null, null);
        return new ClientError(failures, call).choose();
    }

    private RuntimeException choose() {
        Outcome.Rejected rejection = failures.rejection();
        if (rejection != null) {
            return unchanged(rejection.status(), rejection.body(), rejection.retryHint());
        }
        if (failures.refusal() != null) {
            return new ApiException(failures.refusal());
        }
        Outcome.Missing missing = failures.missing();
        if (missing != null && failures.failed().stream().allMatch(Outcome.Failed::isOfAddress) && !isAnyWaiting()) {
            return unchanged(missing.status(), missing.body(), null);
        }
        Outcome.Failed last = failures.failed().stream().reduce((one, next) -> next.rank() < one.rank() ? one : next).orElse(null);
        if (last != null && (all(last, FailureReason.NOT_FOUND) || all(last, FailureReason.TOO_LARGE)) && !isAnyWaiting() && last.body() != null) {
            return unchanged(last.status(), last.body(), last.retryHint());
        }
        call.result().exhausted();
        if (last == null || failures.limited() != null || last.reason().isLasting() && isAnyWaiting()) {
            return new ApiException(ofWaiting());
        }
        return new ApiException(withRetryHint(quoting(last, summary(last))));
    }

    private UpstreamErrorException unchanged(int status, byte[] body, String retryHint) {
        call.result().servedBy(failures.latestInstance(), failures.latestModel());
        return new UpstreamErrorException(status, body, retryHint);
    }

    /** Whether an instance that was not asked, or is at its limit, may serve the request later. */
    private boolean isAnyWaiting() {
        return failures.isBusy() || failures.isDown() || failures.has(Obstacle.NO_CREDIT) || failures.has(Obstacle.LIMITER_UNAVAILABLE);
    }

    private ApiError quoting(Outcome.Failed failed, ApiError error) {
        return failed.headers() == null ? error : call.result().quoting(failed.headers(), failed.body(), error);
    }

    /** The error with the shortest wait. It has the message of the upstream only if no other instance was called or is benched. */
    private ApiError allBusy() {
        Outcome.Failed limited = failures.limited();
        String detail = limited != null && attempts.size() == 1 && !failures.isWaiting() ? limited.detail() : "";
        ApiError error = Errors.allBusy(detail, failures.shortest(), attempts);
        return limited == null ? error : quoting(limited, error).withRetryHint(agreedHint());
    }

    private ApiError ofWaiting() {
        if (failures.has(Obstacle.LIMITER_UNAVAILABLE) && !failures.isBusy()) {
            return Errors.limiterUnavailable();
        }
        if (failures.limited() != null || failures.isBusy() && !failures.has(Obstacle.DOWN) && !failures.has(Obstacle.BREAKER_OPEN)) {
            return allBusy();
        }
        return failures.has(Obstacle.NO_CREDIT) && !failures.isDown() ? Errors.upstreamQuota(attempts) : Errors.noneAvailable(failures.shortest(), attempts);
    }

    private ApiError summary(Outcome.Failed last) {
        if (all(last, FailureReason.OUT_OF_CREDIT)) {
            return Errors.upstreamQuota(attempts);
        }
        if (all(last, FailureReason.SHORTAGE)) {
            return Errors.shortage(attempts);
        }
        return switch (last.reason()) {
            case UNREACHABLE, SHORTAGE, NO_TOKEN -> Errors.noneAvailable(failures.shortest(), attempts);
            case TIMEOUT, LONG_TIMEOUT -> Errors.upstreamTimeout(attempts);
            case SERVER_ERROR -> Errors.upstreamFailed(last.status() >= 500 && last.status() < 600 ? last.status() : 502, last.detail(), attempts)
                    .after(last.retryAfter() == null ? null : failures.shortest());
            case BAD_KEY -> Errors.upstreamFailed(502, "an instance " + last.shown() + ".", attempts);
            case BROKEN, MALFORMED, NOT_FOUND, CONFLICT, RATE_LIMITED, TOO_LARGE, OUT_OF_CREDIT, STOPPED -> Errors.upstreamFailed(502, last.detail(), attempts);
        };
    }

    /** Tells the client not to try again if every failure is final; otherwise passes on what all instances say of another try. */
    private ApiError withRetryHint(ApiError error) {
        boolean isFinal = !failures.isBusy() && !failures.isDown() && failures.failed().stream().allMatch(Outcome.Failed::isFinal);
        return isFinal ? error.notRetryable() : error.withRetryHint(agreedHint());
    }

    /** The {@code x-should-retry} of all instances; null if they differ, or if another instance may serve the next try. */
    private String agreedHint() {
        return failures.isWaiting() || failures.isDown() ? null : failures.retryHint();
    }

    private boolean all(Outcome.Failed last, FailureReason reason) {
        return last.reason() == reason && failures.failed().stream().allMatch(failure -> failure.reason() == reason || failure.isOfAddress());
    }
}
