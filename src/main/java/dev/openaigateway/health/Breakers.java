package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Creates the circuit breakers of instances and deployments. Thread-safe. */
public final class Breakers {

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    private final InstantSource ticks;
    private final HealthListener listener;
    private final Outages outages = new Outages();

    /** @param ticks a clock that is never set */
    public Breakers(InstantSource ticks, HealthListener listener) {
        this.ticks = ticks;
        this.listener = listener;
    }

    /** Those of all instances whose breakers are created here. */
    public Outages outages() {
        return outages;
    }

    /** The breakers that have meters: those of instances and of the deployments that the settings name. */
    public CircuitBreakerRegistry registry() {
        return registry;
    }

    /**
     * Creates a closed breaker that replaces an earlier one.
     *
     * @param deployment null for the breaker of the instance itself
     * @param configured whether the settings name the instance or the deployment; then the breaker has meters
     */
    Breaker create(String instance, String deployment, BreakerSettings settings, boolean configured) {
        String name = name(instance, deployment);
        CircuitBreaker breaker;
        if (configured) {
            registry.remove(name);
            breaker = registry.circuitBreaker(name, config(settings),
                    Map.of("instance", instance, "model", deployment == null ? "" : deployment));
        } else {
            breaker = CircuitBreaker.of(name, config(settings));
        }
        breaker.getEventPublisher().onStateTransition(event -> {
            StateTransition change = event.getStateTransition();
            boolean open = change.getToState() == State.OPEN;
            boolean stillOpen = open && change.getFromState() == State.HALF_OPEN;
            if (open && !stillOpen || change.getToState() == State.CLOSED) {
                listener.breakerChanged(instance, deployment, configured, open);
            }
        });
        return new Breaker(breaker, settings, ticks, outages);
    }

    void keyRefused(String instance, int status) {
        listener.keyRefused(instance, status);
    }

    /** Removes the meters of a breaker that is no longer used. */
    void retire(String instance, String deployment) {
        registry.remove(name(instance, deployment));
    }

    private static String name(String instance, String deployment) {
        return deployment == null ? instance : instance + "/" + deployment;
    }

    private CircuitBreakerConfig config(BreakerSettings settings) {
        Clock asClock = ticks instanceof Clock full ? full : ticks.withZone(ZoneOffset.UTC);
        return CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failureRate())
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .waitDurationInOpenState(justBefore(settings.openFor()))
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .currentTimestampFunction(any -> ticks.millis(), TimeUnit.MILLISECONDS)
                .clock(asClock)
                .writableStackTraceEnabled(false)
                .build();
    }

    /** The breaker admits a probe strictly after this time. */
    private static Duration justBefore(Duration time) {
        return time.toMillis() > 1 ? time.minusMillis(1) : time;
    }
}
