package dev.openaigateway.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Eventually {

    /** Longer than any pause of a busy machine; costs nothing where all is well. */
    public static final Duration TIMEOUT = Duration.ofSeconds(30);

    private Eventually() {
    }

    /** @param what the condition in words, for the message when it does not come true */
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
