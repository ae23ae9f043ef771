package dev.openaigateway.ratelimit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Sends corrections to Redis in batches, a few milliseconds after the first one. No request waits for them. The delay cannot
 * admit more than the limit. Saves round trips (benchmark row "Redis limiter"). Thread-safe.
 */
final class CorrectionBatch {

    /** Runs a task after ten milliseconds. */
    static final Executor DELAYED = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);

    private final Function<List<Correction>, CompletionStage<?>> store;
    private final BiConsumer<List<Correction>, Throwable> failed;
    private final Executor delayed;
    private Waiting waiting;

    /** @param delayed runs a task after the time that corrections may wait */
    CorrectionBatch(Function<List<Correction>, CompletionStage<?>> store, BiConsumer<List<Correction>, Throwable> failed, Executor delayed) {
        this.store = store;
        this.failed = failed;
        this.delayed = delayed;
    }

    /** Adds corrections to the next batch. The stage completes when they were made, or with the failure. */
    synchronized CompletionStage<Void> add(List<Correction> corrections) {
        if (waiting == null) {
            Waiting first = new Waiting();
            waiting = first;
            delayed.execute(() -> send(first));
        }
        corrections.forEach(waiting::add);
        return waiting.made;
    }

    /** Sends the waiting corrections at once. Completes when they were made. */
    CompletionStage<Void> close() {
        Waiting last;
        synchronized (this) {
            last = waiting;
        }
        if (last == null) {
            return CompletableFuture.completedStage(null);
        }
        send(last);
        return last.made;
    }

    private void send(Waiting sent) {
        synchronized (this) {
            if (waiting != sent) {
                return;
            }
            waiting = null;
        }
        List<Correction> sums = List.copyOf(sent.sums.values());
        store.apply(sums).whenComplete((done, failure) -> {
            if (failure == null) {
                sent.made.complete(null);
            } else {
                failed.accept(sums, failure);
                sent.made.completeExceptionally(failure);
            }
        });
    }

    /** Positive corrections share one key, since they are charged to the current bucket. */
    private record Key(String scope, long bucket, boolean back) {

        static Key of(Correction correction) {
            boolean back = correction.delta() < 0;
            return new Key(correction.scope(), back ? correction.bucket() : 0, back);
        }
    }

    private static final class Waiting {

        private final Map<Key, Correction> sums = new LinkedHashMap<>();
        private final CompletableFuture<Void> made = new CompletableFuture<>();

        void add(Correction correction) {
            sums.merge(Key.of(correction), correction, (sum, more) -> sum.plus(more.delta()));
        }
    }
}
