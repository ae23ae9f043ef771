package dev.openaigateway.call;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Cancels the upstream request of a call: when the client disconnects, when the deadline passes before a response is
 * accepted, when a response is complete but does not end, and when the gateway stops. Thread-safe.
 */
public final class Cancellation {

    private static final long NEVER = Long.MAX_VALUE;

    private final BooleanSupplier clientGone;
    private volatile long deadlineNanos = NEVER;
    private volatile long cutNanos = NEVER;
    private volatile boolean overdue;
    private volatile boolean stopped;
    private volatile UpstreamActivity activity;
    private volatile long maxSilenceNanos;

    private Cancellation(BooleanSupplier clientGone) {
        this.clientGone = clientGone;
    }

    /** Cancels when the client disconnects. */
    static Cancellation whenGone(ClientStream client) {
        Cancellation cancellation = new Cancellation(client::gone);
        client.onGone(cancellation::cancel);
        return cancellation;
    }

    /** Sets when the call is cancelled, in nanoseconds on the clock of {@link System#nanoTime}, also while the upstream shows signs of life. */
    public void setDeadline(long nanos) {
        deadlineNanos = nanos;
        maxSilenceNanos = 0;
    }

    /**
     * Puts off the deadline while the upstream shows signs of life.
     *
     * @param silence after which the deadline counts all the same
     */
    public void waitWhileAlive(Duration silence) {
        maxSilenceNanos = silence.toNanos();
    }

    /** Removes the deadline, once a response is accepted. */
    public void clearDeadline() {
        deadlineNanos = NEVER;
        UpstreamActivity running = activity;
        if (running != null) {
            running.contentBegan();
        }
    }

    /** Cancels the current upstream request after this time, whatever it sends. The call is not overdue for that: it has what it needs. */
    public void cutAfter(Duration time) {
        cutNanos = System.nanoTime() + time.toNanos();
    }

    /**
     * Registers the current upstream request. Cancels it at once if the call is already cancelled.
     *
     * @param request its methods may be called on any thread
     */
    public void follow(UpstreamActivity request) {
        cutNanos = NEVER;
        activity = request;
        if (overdue || stopped || clientGone.getAsBoolean()) {
            request.cancel();
        }
    }

    /** Cancels the upstream request if the deadline or the time of {@link #cutAfter} has passed. Called by the watchdog. */
    public void cancelIfOverdue(long nowNanos) {
        long cut = cutNanos;
        if (passed(nowNanos)) {
            overdue = true;
            cancel();
        } else if (cut != NEVER && nowNanos - cut > 0) {
            cancel();
        }
    }

    /** Cancels the upstream request. Has no effect if its response was read to the end. */
    public void cancel() {
        UpstreamActivity running = activity;
        if (running != null) {
            running.cancel();
        }
    }

    /** Cancels the upstream request and every later one, because the gateway stops. */
    public void stop() {
        stopped = true;
        cancel();
    }

    /** Whether the call was cancelled because the gateway stops. */
    public boolean stopped() {
        return stopped;
    }

    /** Whether the deadline passed before a response was accepted. */
    public boolean isOverdue() {
        return overdue || passed(System.nanoTime());
    }

    private boolean passed(long nowNanos) {
        long deadline = deadlineNanos;
        return deadline != NEVER && nowNanos - deadline > 0 && !isAlive(nowNanos);
    }

    private boolean isAlive(long nowNanos) {
        UpstreamActivity running = activity;
        long sign = maxSilenceNanos == 0 || running == null ? 0 : running.lastSignNanos();
        return sign != 0 && nowNanos - sign <= maxSilenceNanos;
    }

    void takeDeadlineOf(Cancellation other) {
        deadlineNanos = other.deadlineNanos;
        maxSilenceNanos = other.maxSilenceNanos;
    }
}
