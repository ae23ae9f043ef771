package dev.openaigateway.dashboard;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MinuteCountTest {

    private static final long START = 1_790_000_000_000L;

    /** Times are gaps between events in seconds. */
    @Property(tries = 300)
    void shouldCountTheIntervalsOfTheLastMinute(@ForAll @Size(max = 40) List<@IntRange(max = 90) Integer> gaps, @ForAll @IntRange(max = 90) int later) {
        MinuteCount count = new MinuteCount();
        long now = START;
        long[] times = new long[gaps.size()];
        for (int i = 0; i < times.length; i++) {
            now += gaps.get(i) * 1000L;
            times[i] = now;
            count.add(now, i % 3 == 0);
        }
        long end = now + later * 1000L;
        long first = (end / MinuteCount.INTERVAL_MILLIS - 11) * MinuteCount.INTERVAL_MILLIS;
        long calls = 0;
        long failures = 0;
        for (int i = 0; i < times.length; i++) {
            calls += times[i] >= first ? 1 : 0;
            failures += times[i] >= first && i % 3 == 0 ? 1 : 0;
        }
        assertThat(count.sum(end)).isEqualTo(new MinuteCount.Sum(calls, failures));
    }
}
