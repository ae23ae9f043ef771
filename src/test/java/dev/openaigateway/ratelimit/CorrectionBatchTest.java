package dev.openaigateway.ratelimit;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import static org.assertj.core.api.Assertions.assertThat;

class CorrectionBatchTest {

    private final List<Runnable> delayed = new ArrayList<>();
    private final List<List<Correction>> sent = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final CompletableFuture<Void> made = new CompletableFuture<>();
    private final CorrectionBatch batch = new CorrectionBatch(this::send, (lost, failure) -> failures.add(failure), delayed::add);

    private CompletionStage<Void> send(List<Correction> corrections) {
        sent.add(corrections);
        return made;
    }

    @Test
    void shouldSendWaitingCorrectionsInOneBatch() {
        // given
        CompletionStage<Void> first = batch.add(List.of(new Correction("a", 1, -5), new Correction("b", 1, -5)));
        CompletionStage<Void> second = batch.add(List.of(new Correction("c", 2, -7)));

        // when
        delayed.remove(0).run();

        // then
        assertThat(delayed).isEmpty();
        assertThat(sent).containsExactly(
                List.of(new Correction("a", 1, -5), new Correction("b", 1, -5), new Correction("c", 2, -7)));
        assertThat(first.toCompletableFuture()).isNotDone();
        made.complete(null);
        assertThat(first.toCompletableFuture()).isCompleted();
        assertThat(second.toCompletableFuture()).isCompleted();
    }

    @Test
    void shouldSumCorrectionsOfOneBucketOnly() {
        // given
        batch.add(List.of(new Correction("a", 1, -5)));
        batch.add(List.of(new Correction("a", 1, -6)));
        batch.add(List.of(new Correction("a", 2, -7)));
        batch.add(List.of(new Correction("a", 1, 30)));
        batch.add(List.of(new Correction("a", 2, 40)));

        // when
        delayed.remove(0).run();

        // then
        assertThat(sent.get(0)).containsExactly(
                new Correction("a", 1, -11), new Correction("a", 2, -7), new Correction("a", 1, 70));
    }

    @Test
    void shouldStartANewBatchAfterSending() {
        // given
        batch.add(List.of(new Correction("a", 1, -5)));
        delayed.remove(0).run();

        // when
        batch.add(List.of(new Correction("a", 1, -6)));
        delayed.remove(0).run();

        // then
        assertThat(sent).containsExactly(List.of(new Correction("a", 1, -5)), List.of(new Correction("a", 1, -6)));
    }

    @Test
    void shouldReportAFailureOnceToTheListenerAndToEachWaiter() {
        // given
        CompletionStage<Void> first = batch.add(List.of(new Correction("a", 1, -5)));
        CompletionStage<Void> second = batch.add(List.of(new Correction("a", 1, -6)));
        delayed.remove(0).run();

        // when
        made.completeExceptionally(new IllegalStateException("unavailable"));

        // then
        assertThat(failures).hasSize(1);
        assertThat(first.toCompletableFuture()).isCompletedExceptionally();
        assertThat(second.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void shouldSendWaitingCorrectionsWhenClosed() {
        // given
        batch.add(List.of(new Correction("a", 1, -5)));

        // when
        CompletionStage<Void> last = batch.close();
        delayed.remove(0).run();

        // then
        assertThat(sent).containsExactly(List.of(new Correction("a", 1, -5)));
        assertThat(last.toCompletableFuture()).isNotDone();
        assertThat(batch.close().toCompletableFuture()).isCompleted();
    }
}
