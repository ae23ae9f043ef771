package dev.openaigateway.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that other threads bring about. */
public final class Eventually {

    /** Longer than any pause of a busy machine. A test that passes does not wait for it. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 20_000_000;

    private Eventually() {
    }

    /**
     * Returns soon after the condition holds. The longer it takes, the less often it is checked, which leaves more CPU to it.
     *
     * @param what the condition in words, for the error message
     * @throws AssertionError if the condition does not hold within {@link #TIMEOUT}
     */
    public static void holds(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        long deadline = start + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + TIMEOUT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Math.min(LONGEST_PAUSE_NANOS, Math.max(SHORTEST_PAUSE_NANOS, (System.nanoTime() - start) / 20)));
        }
    }
}
