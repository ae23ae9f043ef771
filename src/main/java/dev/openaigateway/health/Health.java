package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.health.Availability.State;
import dev.openaigateway.health.Breaker.Permit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The health of an instance: of host and account, which its models share, and of its deployments. Kept over a reload of the settings. Thread-safe. */
public final class Health {

    private final String instance;
    private final Breakers breakers;
    private final BreakerSettings settings;
    private final InstantSource ticks;
    private final Breaker breaker;
    private final Bench bench;
    private volatile Account account;
    private final Deployments deployments;
    private final ErrorCount errors = new ErrorCount();
    private volatile Instant lastUsed;
    private volatile boolean failsChecks;
    private volatile boolean lacksToken;
    private final RoomUnderLimits room;

    /** @param ticks a clock that is never set */
    public Health(String instance, Breakers breakers, BreakerSettings settings, InstantSource ticks) {
        this.instance = instance;
        this.breakers = breakers;
        this.settings = settings;
        this.ticks = ticks;
        this.breaker = breakers.create(instance, null, settings, true);
        this.bench = new Bench(ticks, breakers.outages());
        this.room = new RoomUnderLimits(ticks);
        this.account = newAccount();
        this.deployments = new Deployments(instance, breakers, settings, ticks);
    }

    /** Whether the breakers were created with these settings. */
    public boolean hasSettings(BreakerSettings others) {
        return settings.equals(others);
    }

    /** @param named the deployments that the settings name; what is known of others is bounded */
    public void configure(Set<String> named) {
        deployments.configure(named);
    }

    /** Removes the meters, since this object is no longer used. */
    public void retire() {
        deployments.retire();
        breakers.retire(instance, null);
    }

    /** Whether the host and the account may be called at all. */
    public Availability availability() {
        if (failsChecks) {
            return Availability.FAILS_CHECKS;
        }
        if (lacksToken) {
            return Availability.NO_TOKEN;
        }
        Availability benched = bench.now();
        if (benched != null) {
            return benched;
        }
        Duration open = breaker.openFor();
        return open == null ? Availability.READY : new Availability(State.BREAKER_OPEN, open);
    }

    /** Records whether the instance cannot be called, because its identity has no token. */
    public void tokenMissing(boolean missing) {
        lacksToken = missing;
        if (missing) {
            breakers.outages().began();
        }
    }

    /** Whether its identity has no token. */
    public boolean lacksToken() {
        return lacksToken;
    }

    /**
     * Whether the deployment may be called.
     *
     * @param deployment null asks for the host and the account only
     */
    public Availability availability(String deployment) {
        Availability own = availability();
        DeploymentHealth known = deployment == null || !own.ready() ? null : deployments.find(deployment);
        return known == null ? own : known.availability();
    }

    /** Null if it was never called. */
    public DeploymentHealth find(String deployment) {
        return deployments.find(deployment);
    }

    /** The deployment's health; created if it was never called. */
    public DeploymentHealth of(String deployment) {
        return deployments.of(deployment);
    }

    /** The deployments that were called, by name. A live view. */
    public Map<String, DeploymentHealth> deployments() {
        return deployments.all();
    }

    /** Drops what is known of a deployment that the upstream does not know, unless the settings name it. */
    public void forgetUnknown(String deployment) {
        deployments.forgetUnlessNamed(deployment);
    }

    /**
     * Requests the permission for a call.
     *
     * @param deployment null for a request about a stored object
     * @param ifOpen     what the breakers of the instance and of the deployment do if they are open
     * @param retry      whether the request has failed before
     * @return null if a breaker refuses
     */
    public Permission tryAcquire(DeploymentHealth deployment, IfOpen ifOpen, boolean retry) {
        Permit ofInstance = breaker.acquire(ifOpen);
        if (ofInstance == Permit.REFUSED) {
            return null;
        }
        Permit ofDeployment = deployment == null ? Permit.CALL : deployment.acquire(ifOpen);
        if (ofDeployment == Permit.REFUSED) {
            breaker.released(ofInstance);
            return null;
        }
        lastUsed = ticks.instant();
        return new Permission(breaker, ofInstance, deployment, ofDeployment, account, retry);
    }

    /** @param deployment null if the instance itself is at fault, or the request was about a stored object */
    public void recordError(DeploymentHealth deployment, String error) {
        errors.add(error);
        if (deployment != null) {
            deployment.recordError(error);
        }
    }

    /** Benches the deployment, or the whole instance if it is null. Never shortens a current bench. */
    public void bench(DeploymentHealth deployment, Duration wait, State reason) {
        if (deployment == null) {
            bench.extend(wait, reason);
        } else {
            deployment.bench(wait, reason);
        }
    }

    /** The latest requests that the limits of this instance, or of its models, had no room for. The instance stays available for other requests. */
    public RoomUnderLimits room() {
        return room;
    }

    /** Forgets what responses have said about the account, since the settings name another one. Calls that are under way say nothing about that. */
    public synchronized void changeAccount() {
        account.replaced();
        account = newAccount();
    }

    private Account newAccount() {
        return new Account(ticks, settings.openFor(), status -> breakers.keyRefused(instance, status));
    }

    /** Clears benches, breakers, retry budgets, errors and a failed health check, of the instance and of its deployments. */
    public void reset() {
        bench.clear();
        account.reset();
        room.reset();
        errors.clear();
        failsChecks = false;
        breaker.reset();
        deployments.reset();
    }

    /** Records a health check. After a failed one the instance is unavailable until one succeeds. */
    public void checked(boolean healthy) {
        failsChecks = !healthy;
        if (!healthy) {
            breakers.outages().began();
        }
    }

    /** Whether the latest health check failed; false if there was none. */
    public boolean failsChecks() {
        return failsChecks;
    }

    /** The state of the instance's own breaker, such as {@code closed}. */
    public String breakerState() {
        return breaker.state().name().toLowerCase(Locale.ROOT);
    }

    /** Share of the latest calls that failed to reach the instance or that it refused the key, from 0 to 1. */
    public double failureShare() {
        return breaker.failureShare();
    }

    /** Errors of the instance and of all its deployments. */
    public long errors() {
        return errors.count();
    }

    /** Null if there was none. */
    public String lastError() {
        return errors.latest();
    }

    /** The time since the last call; null if the instance was never called. */
    public Duration unusedFor() {
        Instant last = lastUsed;
        return last == null ? null : Duration.between(last, ticks.instant());
    }
}
