package dev.openaigateway.routing;

import dev.openaigateway.call.RequestDigest;
import dev.openaigateway.health.Availability.State;
import dev.openaigateway.health.DeploymentHealth;
import dev.openaigateway.health.Permission;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.FailureReason.Fault;
import dev.openaigateway.routing.outcome.Outcome;

import java.time.Duration;

/**
 * What one attempt says about the health of its instance and its deployment. Ends the permission of the breakers exactly once:
 * with the response, with the end of the attempt or, after a failure that the request may have caused, when later attempts have
 * shown whether it did. Not thread-safe.
 */
final class HealthReport {

    private static final Duration DEFAULT_RATE_LIMIT_BENCH = Duration.ofSeconds(1);
    private static final Duration NO_CREDIT = Duration.ofMinutes(10);
    private static final int UNAVAILABLE = 503;
    private static final int OVERLOADED = 529;

    private final Instance instance;
    private final DeploymentHealth deployment;
    private final RequestDigest digest;
    private final Permission permission;
    private final UnattributedFailures unattributed;
    private boolean given;
    private Outcome.Failed failure;
    private long nanos;
    private Duration benched = Duration.ZERO;

    /**
     * @param deployment   what the attempt counts for; null for a request about a stored object
     * @param digest       of the request
     * @param unattributed the earlier attempts of the request that failed
     */
    HealthReport(Instance instance, DeploymentHealth deployment, RequestDigest digest, Permission permission, UnattributedFailures unattributed) {
        this.instance = instance;
        this.deployment = deployment;
        this.digest = digest;
        this.permission = permission;
        this.unattributed = unattributed;
    }

    /** Null for a request about a stored object. */
    DeploymentHealth deployment() {
        return deployment;
    }

    boolean isGiven() {
        return given;
    }

    /** How long the attempt benches; zero if it does not. */
    Duration benched() {
        return benched;
    }

    /**
     * The content of a response has begun.
     *
     * @param time to it, in nanoseconds
     */
    void succeeded(long time) {
        given = true;
        permission.succeeded(time);
        unattributed.confirm();
    }

    void ended(Outcome outcome) {
        permission.ended(outcome.failure() == null || !outcome.failure().countsForBreaker(), digest);
    }

    /** The upstream has refused the request itself. */
    void rejected(long time) {
        unattributed.dismiss();
        succeeded(time);
    }

    /** @param time duration of the attempt, in nanoseconds */
    void failed(Outcome.Failed failed, String message, long time) {
        FailureReason reason = failed.reason();
        if (reason.fault() == Fault.INSTANCE || reason != FailureReason.SHORTAGE && deployment != null) {
            instance.health().recordError(deployment, message);
        }
        if (given) {
            return;
        }
        failure = failed;
        nanos = time;
        if (reason == FailureReason.UNREACHABLE) {
            given = true;
            permission.instanceFailed(nanos);
        } else if (deployment == null) {
            endWithoutFault(reason);
        } else if (reason.countsForBreaker()) {
            benchIfOverloaded(failed);
            unattributed.add(this);
        } else {
            endWithoutFault(reason);
            applyFaultlessFailure(failed);
        }
    }

    /** Reports only whether the connection worked. If the request is about a stored object, that object may be at fault. */
    private void endWithoutFault(FailureReason reason) {
        given = true;
        if (reason.hasResponse()) {
            permission.responded(nanos);
        } else {
            permission.released();
        }
    }

    private void applyFaultlessFailure(Outcome.Failed failed) {
        switch (failed.reason()) {
            case RATE_LIMITED -> bench(deployment, failed.retryAfter() == null ? DEFAULT_RATE_LIMIT_BENCH : failed.retryAfter(), State.RATE_LIMITED);
            case OUT_OF_CREDIT -> bench(null, permission.recordCreditRefusal(digest.getAsLong()) ? NO_CREDIT : Duration.ZERO, State.NO_CREDIT);
            case NOT_FOUND -> instance.health().forgetUnknown(instance.settings().deployment(digest.request().model()));
            default -> { }
        }
    }

    /** A 503 or 529 with a time to wait concerns the upstream's load, not the request, so it benches at once. */
    private void benchIfOverloaded(Outcome.Failed failed) {
        if (failed.retryAfter() != null && (failed.status() == UNAVAILABLE || failed.status() == OVERLOADED)) {
            bench(deployment, failed.retryAfter(), State.UNAVAILABLE);
        }
    }

    /** Counts the failure: another instance has responded, or there was none to ask. */
    void blame() {
        count(null);
    }

    /** Counts the failure, but equal requests once, since other instances were not asked. */
    void blameUncompared() {
        count(digest);
    }

    /** @param suspect the request, if it may be at fault; else null */
    private void count(RequestDigest suspect) {
        if (!given) {
            given = true;
            if (failure.reason() == FailureReason.BAD_KEY) {
                permission.failedOnKey(nanos, failure.status());
            } else {
                permission.deploymentFailed(nanos, failure.reason().hasResponse(), suspect);
            }
            if (failure.retryAfter() != null && failure.reason() == FailureReason.SERVER_ERROR) {
                bench(deployment, failure.retryAfter(), State.UNAVAILABLE);
            }
        }
    }

    boolean isKeyValid() {
        return permission.isKeyValid();
    }

    /** Does not count the failure, since the request is at fault. */
    void excuse() {
        if (!given) {
            given = true;
            permission.repeated(nanos, failure.reason().hasResponse(), digest.getAsLong());
        }
    }

    /** Excuses the failure, unless different requests show that the key is at fault. No instance has refused the request with a valid key. */
    void excuseUnlessKey() {
        boolean isOfKey = !given && failure.reason() == FailureReason.BAD_KEY && permission.recordKeyRefusal(digest.getAsLong());
        if (isOfKey) {
            given = true;
            permission.failedOnKey(nanos, failure.status());
        } else {
            excuse();
        }
    }

    /**
     * The instance works, but the response does not show whether the model does.
     *
     * @param time duration of the attempt, in nanoseconds
     */
    void responded(long time) {
        if (!given) {
            given = true;
            permission.responded(time);
        }
    }

    /** Ends the permission without a report. */
    void release() {
        if (!given) {
            given = true;
            permission.released();
        }
    }

    /** @param whose null for the whole instance */
    private void bench(DeploymentHealth whose, Duration time, State reason) {
        if (time.toMillis() > 0) {
            instance.health().bench(whose, time, reason);
            benched = time;
        }
    }
}
