package dev.openaigateway.call;

import dev.openaigateway.openai.Errors;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls in flight, bounded by a limit. Thread-safe. */
public final class InFlight {

    private final int limit;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean draining;

    /** Admits at most {@code limit} concurrent calls. */
    public InFlight(int limit) {
        this.limit = limit;
    }

    /**
     * Admits the call.
     *
     * @throws dev.openaigateway.openai.ApiException 503 above the limit, or when the gateway is stopping
     */
    public void enter(Call call) {
        int running = count.incrementAndGet();
        // Read after the count was raised: a drain that begins now is either seen here, or waits for this call.
        if (draining || running > limit) {
            giveBack();
            throw (draining ? Errors.stopping() : Errors.overloaded(limit)).exception();
        }
        calls.add(call);
        call.onComplete(this::leave);
    }

    private void leave(Call call) {
        calls.remove(call);
        giveBack();
    }

    private void giveBack() {
        if (count.decrementAndGet() == 0 && draining) {
            signalEmpty();
        }
    }

    private synchronized void signalEmpty() {
        notifyAll();
    }

    public int count() {
        return count.get();
    }

    /** A live view of the calls. Iteration does not fail while calls begin and end. */
    public Iterable<Call> calls() {
        return calls;
    }

    /** Rejects every new call from now on. Running calls continue. */
    public void drain() {
        draining = true;
    }

    /** Waits until no call is in flight, at most for the given time. */
    public synchronized void awaitEmpty(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toMillis();
        while (count.get() > 0 && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /** Whether {@link #drain} was called. */
    public boolean draining() {
        return draining;
    }
}
