package dev.openaigateway.stats;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RecentTrafficTest {

    private final TestClock clock = new TestClock();
    private final RecentTraffic recent = new RecentTraffic(clock);

    @Test
    void shouldShowEachCompleteIntervalSinceTheStart() {
        recent.add(UsageSamples.at(clock.instant()).record());
        clock.advance(Duration.ofSeconds(12));
        recent.add(UsageSamples.at(clock.instant()).record());

        assertThat(recent.points()).extracting(RecentTraffic.Point::requests).containsExactly(1L, 0L);
        assertThat(recent.lastMinute().requests()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(5));
        assertThat(recent.points()).extracting(RecentTraffic.Point::requests).containsExactly(1L, 0L, 1L);
    }

    @Test
    void shouldKeepAQuarterOfAnHour() {
        recent.add(UsageSamples.at(clock.instant()).record());
        clock.advance(Duration.ofHours(2));
        recent.add(UsageSamples.at(clock.instant()).record());
        clock.advance(Duration.ofSeconds(RecentTraffic.SECONDS));

        List<RecentTraffic.Point> points = recent.points();
        assertThat(points).hasSize(179);
        assertThat(points.get(178).requests()).isEqualTo(1);
        assertThat(points.stream().mapToLong(RecentTraffic.Point::requests).sum()).isEqualTo(1);
        assertThat(points.get(1).time() - points.get(0).time()).isEqualTo(RecentTraffic.SECONDS);
    }
}
