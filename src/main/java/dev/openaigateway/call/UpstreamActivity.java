package dev.openaigateway.call;

/** A running request to an upstream, as the call that waits for it sees it. Thread-safe. */
public interface UpstreamActivity {

    /** Aborts the request. Has no effect if its response was read to the end; may be called more than once. */
    void cancel();

    /** When the upstream last sent anything, on the clock of {@link System#nanoTime}; 0 if it has not yet. */
    long lastSignNanos();

    /** Called when the first content has arrived, so that the time between bytes counts from now on. */
    void contentBegan();
}
