package dev.openaigateway.stats;

import dev.openaigateway.support.TestClock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

class StatisticsTest {

    private final TestClock clock = new TestClock();
    private final Statistics statistics = new Statistics(Duration.ofHours(1), new CountedModels("gpt-4o"::equals), clock);

    @Test
    void shouldLoseNothingUnderConcurrentRecordingAndReading() throws Exception {
        Instant start = clock.instant();
        Callable<Void> records = () -> {
            for (int i = 0; i < 20_000; i++) {
                statistics.record(UsageSamples.at(start.plusSeconds(i % 600)).record());
            }
            return null;
        };
        Callable<Void> reads = () -> {
            for (int i = 0; i < 100; i++) {
                statistics.total().read(0, Long.MAX_VALUE);
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> done : threads.invokeAll(List.of(records, records, records, reads))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }

        Tally all = statistics.total().read(0, Long.MAX_VALUE);
        assertThat(all.requests).isEqualTo(60_000);
        assertThat(all.latency.getTotalCount()).isEqualTo(60_000);
        assertThat(all.promptTokens).isEqualTo(6_000_000);
    }

    @Property(tries = 200)
    void shouldCountTheRequestsOfTheMinutesRead(
            @ForAll @Size(max = 60) List<@IntRange(max = 1_800) Integer> seconds,
            @ForAll @IntRange(max = 29) int first, @ForAll @IntRange(max = 29) int length) {
        Series series = new Series(60);
        Instant start = Instant.ofEpochSecond(1_767_225_600L);
        seconds.forEach(second -> series.add(UsageSamples.at(start.plusSeconds(second)).record()));
        long from = Series.minute(start) + first;

        assertThat(series.read(from, from + length).requests).isEqualTo(
                seconds.stream().filter(second -> second / 60 >= first && second / 60 <= first + length).count());
    }

    @Test
    void shouldForgetOldMinutesAndIgnoreLateOnes() {
        Series series = new Series(60);
        Instant old = clock.instant();
        series.add(UsageSamples.at(old).record());
        series.add(UsageSamples.at(old.plus(Duration.ofHours(1))).record());
        series.add(UsageSamples.at(old).record());

        assertThat(series.read(0, Long.MAX_VALUE).requests).isEqualTo(1);
        assertThat(series.read(Series.minute(old), Series.minute(old)).requests).isZero();
    }

    @Test
    void shouldStayBoundedUnderManyClientsAndErrors() {
        for (int i = 0; i < 2_000; i++) {
            statistics.record(UsageSamples.at(clock.instant()).client("client-" + i).failed(500, "kind-" + i).record());
        }

        assertThat(statistics.byName(Dimension.CLIENT)).hasSize(501);
        assertThat(read(Dimension.CLIENT, "other").requests).isEqualTo(1_500);
        assertThat(read(Dimension.CLIENT, "client-7").requests).isEqualTo(1);
        assertThat(statistics.total().read(0, Long.MAX_VALUE).errorsByKind.asMap()).hasSize(51).containsEntry("other", 1_950L);
    }

    @Test
    void shouldNotListModelsThatClientsInvent() {
        for (int i = 0; i < 1_000; i++) {
            statistics.record(UsageSamples.at(clock.instant()).model("forged-" + i).failed(404, "model_not_found").record());
        }
        statistics.record(UsageSamples.at(clock.instant()).model("gpt-4o").failed(503, "timeout").record());
        statistics.record(UsageSamples.at(clock.instant()).model("served").record());
        statistics.record(UsageSamples.at(clock.instant()).model("served").failed(503, "timeout").record());

        assertThat(statistics.byName(Dimension.MODEL)).containsOnlyKeys("unknown", "gpt-4o", "served");
        assertThat(read(Dimension.MODEL, "served").requests).isEqualTo(2);
    }

    @Test
    void shouldCountAModelUnderItsNameAfterManyOthers() {
        for (int i = 0; i < 499; i++) {
            statistics.record(UsageSamples.at(clock.instant()).model("any-" + i).record());
        }
        statistics.record(UsageSamples.at(clock.instant()).model("late").record());

        assertThat(statistics.byName(Dimension.MODEL)).hasSize(500).doesNotContainKey("unknown");
        assertThat(read(Dimension.MODEL, "late").requests).isEqualTo(1);
    }

    @Test
    void shouldForgetTheModelThatWasNotServedForLongest() {
        CountedModels models = new CountedModels("gpt-4o"::equals);
        for (int i = 0; i < 1_000; i++) {
            models.learn(UsageSamples.at(clock.instant()).model("any-" + i).record());
            models.learn(UsageSamples.at(clock.instant()).model("popular").record());
        }

        assertThat(List.of("popular", "any-999", "any-502", "any-500", "gpt-4o")).extracting(models::nameFor)
                .containsExactly("popular", "any-999", "any-502", "unknown", "gpt-4o");
        models.learn(UsageSamples.at(clock.instant()).model("any-0").record());
        assertThat(models.nameFor("any-0")).as("served again").isEqualTo("any-0");
    }

    @Test
    void shouldGiveTheRoomOfUnusedNamesToOthers() {
        for (int i = 0; i < 600; i++) {
            statistics.record(UsageSamples.at(clock.instant()).client("client-" + i).model("any-" + i).record());
        }
        clock.advance(Duration.ofMinutes(30));
        statistics.record(UsageSamples.at(clock.instant()).client("client-7").model("any-7").record());
        clock.advance(Duration.ofMinutes(31));
        statistics.record(UsageSamples.at(clock.instant()).client("new").model("late").record());

        assertThat(statistics.byName(Dimension.CLIENT)).containsOnlyKeys("client-7", "new");
        assertThat(statistics.byName(Dimension.MODEL)).containsOnlyKeys("any-7", "late");
    }

    @Test
    void shouldNotLearnOverlongNames() {
        statistics.record(UsageSamples.at(clock.instant()).model("m".repeat(200)).record());
        statistics.record(UsageSamples.at(clock.instant()).model("m".repeat(201)).record());

        assertThat(statistics.byName(Dimension.MODEL)).containsOnlyKeys("m".repeat(200), "unknown");
    }

    @Test
    void shouldKnowWhenAnInstanceWasLastUsed() {
        assertThat(statistics.lastUsed("east")).isEmpty();
        statistics.failedAttempt("east", "gpt-4o", "alice", "timeout");
        assertThat(statistics.lastUsed("east")).isEmpty();

        statistics.record(UsageSamples.at(clock.instant()).record());

        assertThat(statistics.lastUsed("east")).contains(clock.instant());
    }

    @Test
    void shouldKeepTheSumOfInstancesEqualToTheTotal() {
        Collections.nCopies(3, "east").forEach(name -> statistics.record(UsageSamples.at(clock.instant()).instance(name).record()));
        statistics.record(UsageSamples.at(clock.instant()).instance("west").record());

        long sum = statistics.byName(Dimension.INSTANCE).values().stream()
                .mapToLong(series -> series.read(0, Long.MAX_VALUE).requests).sum();
        assertThat(sum).isEqualTo(statistics.total().read(0, Long.MAX_VALUE).requests).isEqualTo(4);
    }

    private Tally read(Dimension dimension, String name) {
        return statistics.series(dimension, name).orElseThrow().read(0, Long.MAX_VALUE);
    }
}
