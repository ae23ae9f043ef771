package dev.openaigateway.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Records values in order and waits for more of them. Thread-safe. */
public final class Recording<T> {

    private final List<T> seen = new ArrayList<>();
    private final String what;

    Recording(String what) {
        this.what = what;
    }

    synchronized void add(T one) {
        seen.add(one);
        notifyAll();
    }

    public synchronized List<T> seen() {
        return List.copyOf(seen);
    }

    /**
     * Waits for at least {@code count} values and returns all of them.
     *
     * @throws AssertionError after the timeout
     */
    public synchronized List<T> await(int count, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (seen.size() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("%d %s within %s expected, seen %d".formatted(count, what, timeout, seen.size()));
            }
            pause(left);
        }
        return List.copyOf(seen);
    }

    private synchronized void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        }
    }
}
