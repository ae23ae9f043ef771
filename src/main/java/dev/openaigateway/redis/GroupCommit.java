package dev.openaigateway.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Groups requests that arrive while a call is in flight into one call, like the group commit of a database. A request that
 * finds no call in flight is sent at once. No request waits more than a few milliseconds before it is sent. Saves round trips
 * (benchmark row "Redis limiter"). Thread-safe.
 */
public final class GroupCommit<Q, R> {

    private static final Executor DELAYED = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    private final Function<List<Q>, CompletionStage<List<R>>> send;
    private final int maxGroup;
    private final Executor delayed;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean flushScheduled;

    /**
     * @param send     returns one response per request, in the order of the requests; does not throw
     * @param maxGroup maximum number of requests per call
     */
    public GroupCommit(Function<List<Q>, CompletionStage<List<R>>> send, int maxGroup) {
        this(send, maxGroup, DELAYED);
    }

    /** @param delayed runs a task after the time that a request may wait for a call in flight */
    GroupCommit(Function<List<Q>, CompletionStage<List<R>>> send, int maxGroup, Executor delayed) {
        this.send = send;
        this.maxGroup = maxGroup;
        this.delayed = delayed;
    }

    /** Submits a request. Cancelling the future withdraws the request, unless it was already sent. */
    public CompletableFuture<R> submit(Q request) {
        Pending pending = new Pending(request);
        boolean alone;
        boolean schedule;
        synchronized (this) {
            waiting.add(pending);
            alone = inFlight == 0;
            schedule = !alone && !flushScheduled;
            flushScheduled |= schedule;
        }
        if (alone) {
            runNext();
        } else if (schedule) {
            delayed.execute(this::flush);
        }
        return pending;
    }

    private void flush() {
        synchronized (this) {
            flushScheduled = false;
        }
        boolean more = true;
        while (more) {
            more = runNext();
        }
    }

    /** Returns whether a request was waiting. */
    private boolean runNext() {
        List<Pending> group = next();
        if (group.isEmpty()) {
            return false;
        }
        send.apply(group.stream().map(pending -> pending.request).toList()).whenComplete((responses, failure) -> {
            completed();
            runNext();
            for (int i = 0; i < group.size(); i++) {
                if (failure == null) {
                    group.get(i).complete(responses.get(i));
                } else {
                    group.get(i).completeExceptionally(failure);
                }
            }
        });
        return true;
    }

    private synchronized List<Pending> next() {
        List<Pending> group = new ArrayList<>();
        while (group.size() < maxGroup && !waiting.isEmpty()) {
            Pending pending = waiting.remove();
            if (!pending.isCancelled()) {
                group.add(pending);
            }
        }
        inFlight += group.isEmpty() ? 0 : 1;
        return group;
    }

    private synchronized void completed() {
        inFlight--;
    }

    private final class Pending extends CompletableFuture<R> {

        private final Q request;

        Pending(Q request) {
            this.request = request;
        }
    }
}
