package dev.openaigateway.health;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What responses say about an instance's account: whether it accepts the gateway's key, and whether it has credit. An upstream may refuse one
 * request in the words of a refused key or of an empty account, so a refusal alone is no evidence. Thread-safe.
 */
final class Account {

    /** So many refusals of one request before a last one, such as a probe that is always the same. */
    private static final int CONFIRMING = 9;

    private final InstantSource ticks;
    private final Duration memory;
    private long acceptedAt;
    private boolean accepted;
    private long refused;
    /** Refusals for lack of credit, with none served since. */
    private int refusals;

    /** @param memory how long a request that was served shows that the key is valid */
    Account(InstantSource ticks, Duration memory) {
        this.ticks = ticks;
        this.memory = memory;
    }

    /** The instance has served a request. */
    synchronized void served() {
        acceptedAt = ticks.millis();
        accepted = true;
        refusals = 0;
    }

    /** Whether the key was valid a short time ago. Then a refusal speaks of a model, or of one request. */
    synchronized boolean hasServed() {
        return accepted && ticks.millis() - acceptedAt < memory.toMillis();
    }

    /**
     * The instance has refused a request for lack of credit.
     *
     * @param request identifies what was requested
     * @return whether it has refused a different request before, or the same one several times, and has served none since
     */
    synchronized boolean lacksCredit(long request) {
        boolean confirmed = refusals > 0 && (refused != request || refusals >= CONFIRMING);
        refused = refusals == 0 ? request : refused;
        refusals++;
        return confirmed;
    }

    synchronized void reset() {
        accepted = false;
        refusals = 0;
    }
}
