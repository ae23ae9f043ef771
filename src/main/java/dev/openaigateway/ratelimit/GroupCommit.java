package dev.openaigateway.ratelimit;

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
 * Groups requests that arrive while another call is running into one call, as the group commit of a database does. A
 * request that arrives alone is sent at once. If calls take long, none waits longer than a few milliseconds before it
 * is sent. Thread-safe.
 */
final class GroupCommit<Q, R> {

    private static final Executor SOON = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    private final Function<List<Q>, CompletionStage<List<R>>> together;
    private final int most;
    private final Executor soon;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean reminded;

    /**
     * @param together returns as many responses as it gets requests, in their order; does not throw
     * @param most     the most requests of one call
     */
    GroupCommit(Function<List<Q>, CompletionStage<List<R>>> together, int most) {
        this(together, most, SOON);
    }

    /** @param soon runs a task after the time that a request may wait for a running call */
    GroupCommit(Function<List<Q>, CompletionStage<List<R>>> together, int most, Executor soon) {
        this.together = together;
        this.most = most;
        this.soon = soon;
    }

    /** Cancel the future to withdraw the request; it is then not sent, unless it was sent already. */
    CompletableFuture<R> submit(Q request) {
        Pending pending = new Pending(request);
        boolean alone;
        boolean remind;
        synchronized (this) {
            waiting.add(pending);
            alone = underWay == 0;
            remind = !alone && !reminded;
            reminded |= remind;
        }
        if (alone) {
            runNext();
        } else if (remind) {
            soon.execute(this::runPending);
        }
        return pending;
    }

    private void runPending() {
        synchronized (this) {
            reminded = false;
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
        together.apply(group.stream().map(pending -> pending.request).toList()).whenComplete((responses, failure) -> {
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
        while (group.size() < most && !waiting.isEmpty()) {
            Pending pending = waiting.remove();
            if (!pending.isCancelled()) {
                group.add(pending);
            }
        }
        underWay += group.isEmpty() ? 0 : 1;
        return group;
    }

    private synchronized void completed() {
        underWay--;
    }

    private final class Pending extends CompletableFuture<R> {

        private final Q request;

        Pending(Q request) {
            this.request = request;
        }
    }
}
