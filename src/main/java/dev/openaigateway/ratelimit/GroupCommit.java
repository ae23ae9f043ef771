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
final class GroupCommit<Q, A> {

    private static final Executor SOON = CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS);

    private final Function<List<Q>, CompletionStage<List<A>>> together;
    private final int most;
    private final Executor soon;
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean reminded;

    /**
     * @param together gives as many answers as it is asked questions, in their order; does not throw
     * @param most     questions that go together
     */
    GroupCommit(Function<List<Q>, CompletionStage<List<A>>> together, int most) {
        this(together, most, SOON);
    }

    /** @param soon runs what it is given after the time that a question may wait for the answers of others */
    GroupCommit(Function<List<Q>, CompletionStage<List<A>>> together, int most, Executor soon) {
        this.together = together;
        this.most = most;
        this.soon = soon;
    }

    /** Who does not want the answer any more cancels it; it is not asked then, unless that is done already. */
    CompletableFuture<A> submit(Q question) {
        Pending pending = new Pending(question);
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

    /** Returns whether there was something to ask. */
    private boolean runNext() {
        List<Pending> group = next();
        if (group.isEmpty()) {
            return false;
        }
        together.apply(group.stream().map(pending -> pending.question).toList()).whenComplete((responses, failure) -> {
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

    private final class Pending extends CompletableFuture<A> {

        private final Q question;

        Pending(Q question) {
            this.question = question;
        }
    }
}
