package dev.openaigateway.call;

import java.util.function.BooleanSupplier;

/**
 * Cancels the upstream request of a call: when the client leaves, when the deadline passes before a response was
 * accepted, and when the gateway stops. Thread-safe.
 */
public final class Cancellation {

    private static final long NEVER = Long.MAX_VALUE;

    private final BooleanSupplier clientGone;
    private volatile long deadlineNanos = NEVER;
    private volatile boolean overdue;
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

    /** A response was accepted: the call has no deadline any more. */
    public void clearDeadline() {
        deadlineNanos = NEVER;
    }

    /**
     * Registers the cancellation of the request that runs upstream. Runs it at once if the call is already cancelled.
     *
     * @param action may be called from any thread, and more than once
     */
    public void onCancel(Runnable action) {
        cancelAction = action;
        if (overdue || stopped || clientGone.getAsBoolean()) {
            action.run();
        }
    }

    /** Cancels the upstream request if the deadline has passed. Called by the watchdog. */
    public void cancelIfOverdue(long nowNanos) {
        if (passed(nowNanos)) {
            overdue = true;
            cancel();
        }
    }

    /** Cancels the upstream request. Has no effect on a response that was read to its end. */
    public void cancel() {
        Runnable running = cancelAction;
        if (running != null) {
            running.run();
        }
    }

    /** Cancels the upstream request, and every later one: the gateway stops. */
    public void stop() {
        stopped = true;
        cancel();
    }

    /** Whether it was cancelled because the gateway stops. */
    public boolean stopped() {
        return stopped;
    }

    /** Whether the deadline passed before a response was accepted. */
    public boolean isOverdue() {
        return overdue || passed(System.nanoTime());
    }

    private boolean passed(long nowNanos) {
        long deadline = deadlineNanos;
        return deadline != NEVER && nowNanos - deadline > 0;
    }

    void takeDeadlineOf(Cancellation other) {
        deadlineNanos = other.deadlineNanos;
    }
}
