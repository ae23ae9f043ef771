package dev.openaigateway.health;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class UncomparedFailuresTest {

    private final TestClock clock = new TestClock();
    private final UncomparedFailures failures = new UncomparedFailures(new BreakerSettings(50, 4, 4, Duration.ofSeconds(30), 1), clock);

    @Test
    void shouldCountARequestOnceInTheWindow() {
        assertThat(failures.add(1, 0)).isTrue();
        assertThat(failures.add(2, 1)).isTrue();
        assertThat(failures.add(1, 2)).isFalse();
        assertThat(failures.add(1, 3)).as("its failure is the oldest of four calls").isFalse();
        assertThat(failures.add(1, 4)).as("its failure has left the window").isTrue();
        assertThat(failures.add(2, 4)).isFalse();
    }

    @Test
    void shouldKnowTheRequestsOfTheOpenTime() {
        assertThat(failures.hasRecent(() -> {
            throw new AssertionError("nothing failed");
        })).isFalse();
        failures.add(1, 0);

        assertThat(failures.hasRecent(() -> 1)).isTrue();
        assertThat(failures.hasRecent(() -> 2)).isFalse();
        clock.advance(Duration.ofSeconds(30));
        assertThat(failures.hasRecent(() -> 1)).isFalse();
        failures.add(1, 1);
        assertThat(failures.hasRecent(() -> 1)).as("failed again, although it does not count").isTrue();
        failures.clear();
        assertThat(failures.hasRecent(() -> 1)).isFalse();
    }
}
