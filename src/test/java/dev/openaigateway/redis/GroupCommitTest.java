package dev.openaigateway.redis;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import static org.assertj.core.api.Assertions.assertThat;

class GroupCommitTest {

    private final List<List<Integer>> requested = new ArrayList<>();
    private final Queue<CompletableFuture<List<String>>> responses = new ArrayDeque<>();
    private final Queue<Runnable> delayed = new ArrayDeque<>();
    private final GroupCommit<Integer, String> grouped = new GroupCommit<>(this::send, 3, delayed::add);

    private CompletionStage<List<String>> send(List<Integer> group) {
        CompletableFuture<List<String>> response = new CompletableFuture<>();
        requested.add(group);
        responses.add(response);
        return response;
    }

    @Test
    void shouldGroupRequestsThatArriveDuringACall() {
        // given
        CompletableFuture<String> alone = grouped.submit(1);
        CompletableFuture<String> second = grouped.submit(2);
        CompletableFuture<String> third = grouped.submit(3);
        assertThat(requested).containsExactly(List.of(1));

        // when
        responses.remove().complete(List.of("one"));

        // then
        assertThat(alone).isCompletedWithValue("one");
        assertThat(requested).containsExactly(List.of(1), List.of(2, 3));
        responses.remove().complete(List.of("two", "three"));
        assertThat(second).isCompletedWithValue("two");
        assertThat(third).isCompletedWithValue("three");
    }

    @Test
    void shouldSendAtOnceIfNoCallIsInFlight() {
        // given
        grouped.submit(1);
        responses.remove().complete(List.of("one"));

        // when
        grouped.submit(2);

        // then
        assertThat(requested).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void shouldNotExceedTheMaximumGroupSize() {
        // given
        for (int question = 1; question <= 5; question++) {
            grouped.submit(question);
        }

        // when
        responses.remove().complete(List.of("one"));
        responses.remove().complete(List.of("two", "three", "four"));

        // then
        assertThat(requested).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
    }

    @Test
    void shouldNotSendCancelledRequests() {
        // given
        grouped.submit(1);
        grouped.submit(2).cancel(false);
        grouped.submit(3);

        // when
        responses.remove().complete(List.of("one"));

        // then
        assertThat(requested).containsExactly(List.of(1), List.of(3));
    }

    @Test
    void shouldNotWaitForASlowResponse() {
        // given
        grouped.submit(1);
        for (int question = 2; question <= 5; question++) {
            grouped.submit(question);
        }
        assertThat(delayed).as("one scheduled flush for all").hasSize(1);

        // when
        delayed.remove().run();

        // then
        assertThat(requested).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
        CompletableFuture<String> later = grouped.submit(6);
        assertThat(requested).hasSize(3);
        delayed.remove().run();
        assertThat(requested).hasSize(4);
        responses.remove().complete(List.of("one"));
        assertThat(requested).as("no request is waiting").hasSize(4);
        assertThat(later).isNotDone();
    }

    @Test
    void shouldFailTheWholeGroupAndContinue() {
        // given
        CompletableFuture<String> failed = grouped.submit(1);
        CompletableFuture<String> next = grouped.submit(2);

        // when
        responses.remove().completeExceptionally(new IllegalStateException("unavailable"));

        // then
        assertThat(failed).isCompletedExceptionally();
        assertThat(next).isNotDone();
        responses.remove().complete(List.of("two"));
        assertThat(next).isCompletedWithValue("two");
    }
}
