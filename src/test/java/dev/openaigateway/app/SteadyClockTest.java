package dev.openaigateway.app;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class SteadyClockTest {

    private final TestClock wall = new TestClock();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Instant start = wall.instant();
    private final SteadyClock clock = new SteadyClock(wall, nanos::get);

    @Test
    void shouldFollowTheTimer() {
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(clock.instant()).isEqualTo(start.plusSeconds(2));
    }

    @Test
    void shouldIgnoreStepsOfTheTimeOfDay() {
        wall.advance(Duration.ofMinutes(-15));
        assertThat(clock.instant()).isEqualTo(start);

        wall.advance(Duration.ofMinutes(17));
        assertThat(clock.instant()).isEqualTo(start);
    }
}
