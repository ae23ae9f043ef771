package dev.openaigateway.fallback;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether an active rule falls back to another model when a budget is exhausted. Only then does a request whose prompt is
 * beyond its client's token limit reach the rules. Thread-safe.
 */
public final class BudgetFallbacks {

    private final AtomicInteger active = new AtomicInteger();

    /** Whether there is such a rule. */
    public boolean any() {
        return active.get() > 0;
    }

    /** A rule with such a fallback became active. */
    public void started() {
        active.incrementAndGet();
    }

    /** A rule with such a fallback is no longer active. */
    public void stopped() {
        active.decrementAndGet();
    }
}
