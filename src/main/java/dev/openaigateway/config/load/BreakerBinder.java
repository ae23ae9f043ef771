package dev.openaigateway.config.load;

import dev.openaigateway.config.BreakerSettings;

/** Reads {@code breaker}, a key both at the top level and of an instance. */
final class BreakerBinder {

    private BreakerBinder() {
    }

    static BreakerSettings bind(Section section, BreakerSettings fallback) {
        BreakerSettings breaker = new BreakerSettings(
                section.value("failure_rate", fallback.failureRate(), ValueParsers.integer(1, 100)),
                section.value("window", fallback.window(), ValueParsers.integer(1, 10_000)),
                section.value("minimum_calls", fallback.minimumCalls(), ValueParsers.integer(1, 10_000)),
                section.value("open_for", fallback.openFor(), Seconds.atLeast(0.001)),
                section.value("probes", fallback.probes(), ValueParsers.integer(1, 1000)));
        section.refuseUnknownKeys();
        return breaker;
    }
}
