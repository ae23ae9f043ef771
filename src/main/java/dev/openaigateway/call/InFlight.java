package dev.openaigateway.call;

import dev.openaigateway.openai.Errors;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls that run at this moment, and how many may. */
public final class InFlight {

    private final int limit;
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean draining;

    public InFlight(int limit) {
        this.limit = limit;
    }

    /** @throws dev.openaigateway.openai.ApiException 503 above the limit, or when the gateway is stopping */
    public void enter(Call call) {
        if (draining) {
            throw Errors.stopping().exception();
        }
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            throw Errors.overloaded(limit).exception();
        }
        calls.add(call);
        call.onComplete(this::leave);
    }

    private void leave(Call call) {
        calls.remove(call);
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

    public Iterable<Call> calls() {
        return calls;
    }

    /** From now on nothing new is let in; what runs may go on. */
    public void drain() {
        draining = true;
    }

    /** Waits until nothing runs any more, but no longer than that. */
    public synchronized void awaitEmpty(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        long left = longest.toMillis();
        while (count.get() > 0 && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    public boolean draining() {
        return draining;
    }
}
