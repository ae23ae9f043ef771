package dev.openaigateway.tokens;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks one at a time; what is to be asked meanwhile goes together in the next. One alone is asked at once, and many cost
 * little more than one: the group commit of databases. Safe for use by several threads.
 */
final class Grouped<Q, A> {

    private final Function<List<Q>, CompletionStage<List<A>>> together;
    private final int most;
    private final Queue<Asked> waiting = new ArrayDeque<>();
    private boolean underWay;

    /**
     * @param together gives as many answers as it is asked questions, in their order; does not throw
     * @param most     questions that go together
     */
    Grouped(Function<List<Q>, CompletionStage<List<A>>> together, int most) {
        this.together = together;
        this.most = most;
    }

    /** Who does not want the answer any more cancels it; it is not asked then, unless that is done already. */
    CompletableFuture<A> ask(Q question) {
        Asked asked = new Asked(question);
        synchronized (this) {
            waiting.add(asked);
            if (underWay) {
                return asked;
            }
            underWay = true;
        }
        askNext();
        return asked;
    }

    private void askNext() {
        List<Asked> group = next();
        if (group.isEmpty()) {
            return;
        }
        together.apply(group.stream().map(asked -> asked.question).toList()).whenComplete((answers, failure) -> {
            askNext();
            for (int i = 0; i < group.size(); i++) {
                if (failure == null) {
                    group.get(i).complete(answers.get(i));
                } else {
                    group.get(i).completeExceptionally(failure);
                }
            }
        });
    }

    private synchronized List<Asked> next() {
        List<Asked> group = new ArrayList<>();
        while (group.size() < most && !waiting.isEmpty()) {
            Asked asked = waiting.remove();
            if (!asked.isCancelled()) {
                group.add(asked);
            }
        }
        underWay = !group.isEmpty();
        return group;
    }

    private final class Asked extends CompletableFuture<A> {

        private final Q question;

        Asked(Q question) {
            this.question = question;
        }
    }
}
