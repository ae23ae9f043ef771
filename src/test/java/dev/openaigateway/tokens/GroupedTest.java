package dev.openaigateway.tokens;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import static org.assertj.core.api.Assertions.assertThat;

class GroupedTest {

    private final List<List<Integer>> asked = new ArrayList<>();
    private final Queue<CompletableFuture<List<String>>> answers = new ArrayDeque<>();
    private final Queue<Runnable> soon = new ArrayDeque<>();
    private final Grouped<Integer, String> grouped = new Grouped<>(this::together, 3, soon::add);

    private CompletionStage<List<String>> together(List<Integer> questions) {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        asked.add(questions);
        answers.add(answer);
        return answer;
    }

    @Test
    void shouldAskTogetherWhatCameWhileOneWasUnderWay() {
        // given
        CompletableFuture<String> alone = grouped.ask(1);
        CompletableFuture<String> second = grouped.ask(2);
        CompletableFuture<String> third = grouped.ask(3);
        assertThat(asked).containsExactly(List.of(1));

        // when
        answers.remove().complete(List.of("one"));

        // then
        assertThat(alone).isCompletedWithValue("one");
        assertThat(asked).containsExactly(List.of(1), List.of(2, 3));
        answers.remove().complete(List.of("two", "three"));
        assertThat(second).isCompletedWithValue("two");
        assertThat(third).isCompletedWithValue("three");
    }

    @Test
    void shouldAskAtOnceWhenNoneIsUnderWay() {
        // given
        grouped.ask(1);
        answers.remove().complete(List.of("one"));

        // when
        grouped.ask(2);

        // then
        assertThat(asked).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void shouldAskNoMoreTogetherThanItMay() {
        // given
        for (int question = 1; question <= 5; question++) {
            grouped.ask(question);
        }

        // when
        answers.remove().complete(List.of("one"));
        answers.remove().complete(List.of("two", "three", "four"));

        // then
        assertThat(asked).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
    }

    @Test
    void shouldNotAskWhatNobodyWaitsForAnyMore() {
        // given
        grouped.ask(1);
        grouped.ask(2).cancel(false);
        grouped.ask(3);

        // when
        answers.remove().complete(List.of("one"));

        // then
        assertThat(asked).containsExactly(List.of(1), List.of(3));
    }

    @Test
    void shouldNotWaitForASlowAnswer() {
        // given
        grouped.ask(1);
        for (int question = 2; question <= 5; question++) {
            grouped.ask(question);
        }
        assertThat(soon).as("one reminder for all").hasSize(1);

        // when
        soon.remove().run();

        // then
        assertThat(asked).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5));
        CompletableFuture<String> later = grouped.ask(6);
        assertThat(asked).hasSize(3);
        soon.remove().run();
        assertThat(asked).hasSize(4);
        answers.remove().complete(List.of("one"));
        assertThat(asked).as("nobody waits any more").hasSize(4);
        assertThat(later).isNotDone();
    }

    @Test
    void shouldFailAllOfAGroupAndGoOn() {
        // given
        CompletableFuture<String> failed = grouped.ask(1);
        CompletableFuture<String> next = grouped.ask(2);

        // when
        answers.remove().completeExceptionally(new IllegalStateException("away"));

        // then
        assertThat(failed).isCompletedExceptionally();
        assertThat(next).isNotDone();
        answers.remove().complete(List.of("two"));
        assertThat(next).isCompletedWithValue("two");
    }
}
