package dev.openaigateway.health;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTest {

    private final TestClock clock = new TestClock();
    private final RetryBudget budget = new RetryBudget(clock);

    @Test
    void shouldAllowTwentyFailingRetriesAtOnce() {
        for (int i = 0; i < 20; i++) {
            assertThat(budget.allows()).isTrue();
            budget.failed();
        }

        assertThat(budget.allows()).isFalse();
    }

    @Test
    void shouldAllowOneMoreEachSecond() {
        useUp();

        clock.advance(Duration.ofSeconds(1));

        assertThat(budget.allows()).isTrue();
        budget.failed();
        assertThat(budget.allows()).isFalse();
    }

    @Test
    void shouldAllowOneMoreForEachResponse() {
        useUp();

        budget.succeeded();

        assertThat(budget.allows()).isTrue();
        budget.failed();
        assertThat(budget.allows()).isFalse();
    }

    @Test
    void shouldNotSaveUpMoreThanTwenty() {
        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 100; i++) {
            budget.succeeded();
        }

        useUp();

        assertThat(budget.allows()).isFalse();
    }

    private void useUp() {
        for (int i = 0; i < 20; i++) {
            budget.failed();
        }
    }
}
