package dev.openaigateway.health;

import dev.openaigateway.health.Breaker.Permit;

import java.util.function.LongSupplier;

/**
 * The permission for one attempt: by the instance's own breaker, and by that of the deployment. Exactly one of {@link #succeeded},
 * {@link #responded}, {@link #instanceFailed}, {@link #deploymentFailed}, {@link #failedOnKey}, {@link #repeated} and {@link #released} must be
 * called, which ends it. {@link #ended} must follow {@link #succeeded}. The other methods end nothing. Used by one thread at a time; the
 * breakers are thread-safe.
 */
public final class Permission {

    private final Breaker instance;
    private final Permit ofInstance;
    private final DeploymentHealth deployment;
    private final Permit ofDeployment;
    private final Account account;
    private final boolean retry;
    private boolean suspect;
    private boolean responded;
    private boolean counted;
    private long nanosToStart;

    /**
     * @param deployment null for a request about a stored object, for which only the instance counts
     * @param retry      whether the request has failed before, so that a failure counts against the retry budget
     */
    Permission(Breaker instance, Permit ofInstance, DeploymentHealth deployment, Permit ofDeployment, Account account, boolean retry) {
        this.instance = instance;
        this.ofInstance = ofInstance;
        this.deployment = deployment;
        this.ofDeployment = ofDeployment;
        this.account = account;
        this.retry = retry;
    }

    /**
     * An equal request has failed at another deployment while the breaker of this one is half open. Only a whole response counts: if the response
     * breaks off, the request may be the cause. Otherwise one repeated request could keep the breaker open.
     */
    public void suspectRequest() {
        suspect = ofDeployment == Permit.CALL;
    }

    /**
     * The deployment responded; {@link #ended} follows.
     *
     * @param nanos time to the start of the response
     */
    public void succeeded(long nanos) {
        instance.succeeded(ofInstance, nanos);
        account.served();
        nanosToStart = nanos;
        responded = true;
        if (suspect && deployment != null) {
            deployment.respondedUncounted(ofDeployment);
        } else {
            counted = deployment == null || deployment.responded(ofDeployment, nanos);
        }
    }

    /**
     * The attempt has ended. Has no effect unless {@link #succeeded} was called.
     *
     * @param whole   whether the deployment sent the whole response
     * @param request identifies what was requested; asked only if the response broke off
     */
    public void ended(boolean whole, LongSupplier request) {
        if (responded && deployment != null && whole) {
            deployment.ended(counted, nanosToStart);
        } else if (responded && deployment != null && !suspect) {
            deployment.brokeOff(counted, request.getAsLong(), nanosToStart);
        }
    }

    /** The instance cannot be reached. */
    public void instanceFailed(long nanos) {
        instance.failed(ofInstance, nanos);
        releaseDeployment();
        chargeRetry();
    }

    /** Whether the instance has served a request a short time ago. */
    public boolean isKeyValid() {
        return account.hasServed();
    }

    /**
     * The instance has refused the request for lack of credit.
     *
     * @param request identifies what was requested
     * @return whether the account is empty: it has also refused a different request, or the same one many times, and has served none since
     */
    public boolean recordCreditRefusal(long request) {
        return !account.isFormer() && account.recordCreditRefusal(request);
    }

    /**
     * The instance has refused the gateway's key for a request that no other served.
     *
     * @param request identifies what was requested
     * @return whether the key is at fault: it has also refused a different request, and has served none since
     */
    public boolean recordKeyRefusal(long request) {
        return !account.isFormer() && account.recordKeyRefusal(request);
    }

    /**
     * The instance refused the gateway's key. If the instance has served a request a short time ago, only the deployment fails. If the key was
     * replaced after the request was sent, nothing is recorded.
     */
    public void failedOnKey(long nanos, int status) {
        if (account.isFormer()) {
            responded(nanos);
        } else if (account.hasServed()) {
            deploymentFailed(nanos, false, null);
        } else {
            instanceFailed(nanos);
            account.reportKeyRefused(status);
        }
    }

    /**
     * The deployment failed.
     *
     * @param reachable whether the instance sent a response
     * @param request   identifies what was requested, if the request may be at fault, so that equal ones count once; else null
     */
    public void deploymentFailed(long nanos, boolean reachable, LongSupplier request) {
        endInstance(nanos, reachable);
        if (deployment != null) {
            deployment.failed(ofDeployment, nanos, request);
        }
        chargeRetry();
    }

    private void chargeRetry() {
        if (retry && deployment != null) {
            deployment.retryBudget().failed();
        }
    }

    /** The instance responded, but its response, such as a reached limit, does not show the health of the deployment. */
    public void responded(long nanos) {
        endInstance(nanos, true);
        releaseDeployment();
    }

    /**
     * The failure repeated at other instances, so the request is at fault.
     *
     * @param reachable whether the instance sent a response
     * @param request   identifies what was requested
     */
    public void repeated(long nanos, boolean reachable, long request) {
        endInstance(nanos, reachable);
        if (deployment != null) {
            deployment.repeated(request, retry);
        }
        releaseDeployment();
    }

    /** Counts neither as a success nor as a failure. */
    public void released() {
        instance.released(ofInstance);
        releaseDeployment();
    }

    private void endInstance(long nanos, boolean reachable) {
        if (reachable) {
            instance.succeeded(ofInstance, nanos);
        } else {
            instance.released(ofInstance);
        }
    }

    private void releaseDeployment() {
        if (deployment != null) {
            deployment.released(ofDeployment);
        }
    }
}
