package dev.openaigateway.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that other threads bring about. */
public final class Eventually {

    /** Longer than any pause of a busy machine. A test that passes does not wait for it. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Eventually() {
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what the condition in words, for the error message
     * @throws AssertionError if the condition does not hold within {@link #TIMEOUT}
     */
    public static void holds(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + TIMEOUT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
