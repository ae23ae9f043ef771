package dev.openaigateway.health;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.IntConsumer;

/**
 * What responses say about an instance's account: whether it accepts the gateway's key, and whether it has credit. An upstream may refuse one
 * request in the words of a refused key or of an empty account, so a refusal alone is no evidence. Thread-safe.
 */
final class Account {

    /** This many earlier refusals of the same request confirm the next one, since a client may send only that request. */
    private static final int CONFIRMING = 9;

    private final InstantSource ticks;
    private final Duration memory;
    private final IntConsumer keyRefused;
    private final Refusals ofCredit = new Refusals();
    private final Refusals ofKey = new Refusals();
    private long acceptedAt;
    private boolean accepted;
    private volatile boolean former;

    /**
     * @param memory     how long a request that was served shows that the key is valid
     * @param keyRefused gets the status of each response that shows that the key is refused
     */
    Account(InstantSource ticks, Duration memory, IntConsumer keyRefused) {
        this.ticks = ticks;
        this.memory = memory;
        this.keyRefused = keyRefused;
    }

    /** The settings name another account. What is still said about this one concerns no later call. */
    void replaced() {
        former = true;
    }

    boolean isFormer() {
        return former;
    }

    /** The instance has served a request. */
    synchronized void served() {
        acceptedAt = ticks.millis();
        accepted = true;
        clear();
    }

    /** Whether the key was valid a short time ago. Then a refusal concerns a model, or one request. */
    synchronized boolean hasServed() {
        return accepted && ticks.millis() - acceptedAt < memory.toMillis();
    }

    /**
     * The instance has refused a request for lack of credit.
     *
     * @param request identifies what was requested
     * @return whether it has refused a different request before, or the same one several times, and has served none since
     */
    synchronized boolean recordCreditRefusal(long request) {
        return ofCredit.add(request, CONFIRMING);
    }

    /** The instance has refused the key, and its breaker has counted that. */
    void reportKeyRefused(int status) {
        keyRefused.accept(status);
    }

    /**
     * The instance has refused the key for a request that no other served.
     *
     * @param request identifies what was requested
     * @return whether it has refused a different request before, and has served none since, so that the key is what is refused
     */
    synchronized boolean recordKeyRefusal(long request) {
        return ofKey.add(request, Long.MAX_VALUE);
    }

    synchronized void reset() {
        accepted = false;
        clear();
    }

    private void clear() {
        ofCredit.clear();
        ofKey.clear();
    }
}
