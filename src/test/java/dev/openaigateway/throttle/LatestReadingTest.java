package dev.openaigateway.throttle;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class LatestReadingTest {

    private final TestClock clock = new TestClock();
    private final List<Runnable> refreshes = new ArrayList<>();
    private Map<String, Long> used = Map.of("instance:east", 7L);
    private final LatestReading reading = new LatestReading(() -> used, refreshes::add, clock);

    @Test
    void shouldRefreshOnceASecondInTheBackground() {
        assertThat(reading.get()).isEmpty();
        assertThat(reading.get()).isEmpty();
        assertThat(refreshes).hasSize(1);
        refreshes.remove(0).run();
        assertThat(reading.get()).isEqualTo(used);

        used = Map.of("instance:east", 9L);
        clock.advance(Duration.ofSeconds(1));
        assertThat(reading.get()).containsEntry("instance:east", 7L);
        refreshes.remove(0).run();
        assertThat(reading.get()).containsEntry("instance:east", 9L);
    }

    @Test
    void shouldForgetAReadingThatCannotBeRefreshed() {
        reading.get();
        refreshes.remove(0).run();

        for (int second = 1; second < 61; second++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(reading.get()).as("after %d s", second).isEqualTo(used);
        }
        clock.advance(Duration.ofSeconds(1));

        assertThat(reading.get()).isEmpty();
        assertThat(refreshes).as("tried each second").hasSize(61);
    }
}
