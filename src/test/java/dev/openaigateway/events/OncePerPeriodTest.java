package dev.openaigateway.events;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class OncePerPeriodTest {

    private final TestClock clock = new TestClock();
    private final OncePerPeriod period = new OncePerPeriod(Duration.ofMinutes(5), clock);

    @Test
    void shouldAdmitASubjectAgainAfterThePeriod() {
        assertThat(period.admits("a")).isTrue();
        clock.advance(Duration.ofMinutes(5));
        assertThat(period.admits("a")).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(period.admits("a")).isTrue();
        assertThat(period.admits("a")).isFalse();
    }

    @Test
    void shouldForgetTheOldestSubjectInsteadOfRefusingANewOne() {
        assertThat(IntStream.range(0, 1_000).allMatch(i -> period.admits("subject " + i))).isTrue();

        assertThat(period.admits("one more")).isTrue();
        assertThat(period.admits("subject 1")).isFalse();
        assertThat(period.admits("subject 0")).isTrue();
    }
}
