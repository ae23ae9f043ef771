package dev.openaigateway.routing.policy;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

class ContentTimesTest {

    private final TestClock clock = new TestClock();
    private final ContentTimes times = new ContentTimes(clock);

    @Test
    void shouldAverageTimesInQuickSuccession() {
        record("east", 100);
        record("east", 900);

        assertThat(times.expected("east", "gpt-4o", true)).isCloseTo(200e6, withPercentage(1));
    }

    @Test
    void shouldReplaceAnOldTime() {
        record("east", 1000);
        clock.advance(Duration.ofMinutes(5));
        record("east", 100);

        assertThat(times.expected("east", "gpt-4o", true)).isCloseTo(100e6, withPercentage(1));
    }

    @Test
    void shouldHalveAnAverageInAMinuteSoThatASlowInstanceIsTriedAgain() {
        record("slow", 1000);
        clock.advance(Duration.ofMinutes(2));

        assertThat(times.expected("slow", "gpt-4o", true)).isCloseTo(250e6, withPercentage(1));
    }

    @Test
    void shouldKeepModelsAndStreamsApart() {
        record("east", 100);

        assertThat(times.expected("east", "gpt-4o", false)).isZero();
        assertThat(times.expected("east", "o1", true)).isZero();
        assertThat(times.expected("west", "gpt-4o", true)).isZero();
    }

    private void record(String instance, int millis) {
        times.record(instance, "gpt-4o", true, Duration.ofMillis(millis));
    }
}
