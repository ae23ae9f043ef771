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

    /** The page polls once a second. What a poll costs must not grow with the traffic, nor with the minutes that it shows. */
    @Test
    void shouldSumUpEachIntervalOnceUnderTenThousandRequestsASecond() {
        for (int second = 0; second < 25; second++) {
            for (int i = 0; i < 10_000; i++) {
                recent.add(UsageSamples.at(clock.instant()).latency(Duration.ofMillis(1 + (i * 7) % 3_000)).record());
            }
            clock.advance(Duration.ofSeconds(1));
        }
        List<RecentTraffic.Point> first = recent.points();
        clock.advance(Duration.ofSeconds(RecentTraffic.SECONDS));
        List<RecentTraffic.Point> second = recent.points();

        assertThat(first).extracting(RecentTraffic.Point::requests).containsOnly(50_000L).hasSize(5);
        assertThat(first.get(0).latencyMs().p50()).isBetween(1_480.0, 1_530.0);
        assertThat(recent.lastMinute().requests()).isEqualTo(250_000);
        for (int i = 0; i < first.size() - 1; i++) {
            assertThat(second.get(i)).as("interval " + i).isSameAs(first.get(i));
        }
        assertThat(second).hasSize(6);
    }
}
