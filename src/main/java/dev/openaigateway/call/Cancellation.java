package dev.openaigateway.call;

import java.util.function.BooleanSupplier;

/**
 * What runs upstream for a call, and when it is cut: when the client leaves, when no answer was found good by a
 * deadline, and when the gateway stops. Thread-safe.
 */
public final class Cancellation {

    private static final long NEVER = Long.MAX_VALUE;

    private final BooleanSupplier clientGone;
    private volatile long deadlineNanos = NEVER;
    private volatile boolean late;
    private volatile boolean stopped;
    private volatile Runnable cancelAction;

    private Cancellation(BooleanSupplier clientGone) {
        this.clientGone = clientGone;
    }

    /** Cancels when the client leaves. */
    static Cancellation whenGone(ClientStream client) {
        Cancellation cancellation = new Cancellation(client::gone);
        client.onGone(cancellation::cancel);
        return cancellation;
    }

    /** @param nanos as {@link System#nanoTime} counts */
    public void setDeadline(long nanos) {
        deadlineNanos = nanos;
    }

    /** An answer was found good: time alone does not end the call any more. */
    public void clearDeadline() {
        deadlineNanos = NEVER;
    }

    /**
     * Something runs upstream from now on.
     *
     * @param action how it is cut; may be called from any thread, and more than once
     */
    public void onCancel(Runnable action) {
        cancelAction = action;
        if (late || stopped || clientGone.getAsBoolean()) {
            action.run();
        }
    }

    /** Cuts what runs upstream if the deadline has passed. Called now and then, from another thread. */
    public void cancelIfOverdue(long nowNanos) {
        if (passed(nowNanos)) {
            late = true;
            cancel();
        }
    }

    /** Cuts what runs upstream; an answer that was read to its end is not touched. */
    public void cancel() {
        Runnable running = cancelAction;
        if (running != null) {
            running.run();
        }
    }

    /** Cuts what runs upstream, and what would run from now on: the gateway stops. */
    public void stop() {
        stopped = true;
        cancel();
    }

    /** Whether it was cut because the gateway stops. */
    public boolean stopped() {
        return stopped;
    }

    /** Whether the deadline passed before an answer was found good. */
    public boolean isOverdue() {
        return late || passed(System.nanoTime());
    }

    private boolean passed(long nowNanos) {
        long deadline = deadlineNanos;
        return deadline != NEVER && nowNanos - deadline > 0;
    }

    void takeDeadlineOf(Cancellation other) {
        deadlineNanos = other.deadlineNanos;
    }
}
