package dev.openaigateway.routing;

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
import java.util.concurrent.TimeUnit;

/** The circuit breakers of all instances, by the instance's name. */
public final class Breakers {

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.ofDefaults();
    private final InstantSource clock;
    private final BreakerListener listener;

    public Breakers(InstantSource clock, BreakerListener listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** For meters. */
    public CircuitBreakerRegistry registry() {
        return registry;
    }

    /** Creates a closed breaker that replaces the instance's earlier one. */
    CircuitBreaker create(String name, BreakerSettings settings) {
        registry.remove(name);
        Clock asClock = clock instanceof Clock full ? full : clock.withZone(ZoneOffset.UTC);
        CircuitBreaker breaker = registry.circuitBreaker(name, CircuitBreakerConfig.custom()
                .failureRateThreshold(settings.failureRate())
                .slidingWindowSize(settings.window())
                .minimumNumberOfCalls(settings.minimumCalls())
                .waitDurationInOpenState(justBefore(settings.openFor()))
                .permittedNumberOfCallsInHalfOpenState(settings.probes())
                .currentTimestampFunction(any -> clock.millis(), TimeUnit.MILLISECONDS)
                .clock(asClock)
                .writableStackTraceEnabled(false)
                .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            StateTransition change = event.getStateTransition();
            boolean open = change.getToState() == State.OPEN;
            boolean stillOpen = open && change.getFromState() == State.HALF_OPEN;
            if (open && !stillOpen || change.getToState() == State.CLOSED) {
                listener.breaker(name, open);
            }
        });
        return breaker;
    }

    /** The breaker admits a probe strictly after this time. */
    private static Duration justBefore(Duration time) {
        return time.toMillis() > 1 ? time.minusMillis(1) : time;
    }
}
