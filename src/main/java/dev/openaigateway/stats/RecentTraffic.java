package dev.openaigateway.stats;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;

/**
 * Counts all completed requests of the last minutes in intervals of five seconds, for charts. Memory is bounded. To sum up an interval takes a
 * millisecond under load, so each is summed up once, when no request of it can still be counted. Thread-safe.
 */
public final class RecentTraffic {

    /** The length of an interval. */
    public static final int SECONDS = 5;

    private static final int INTERVALS = 15 * 60 / SECONDS;
    private static final int INTERVALS_OF_A_MINUTE = 60 / SECONDS;

    /**
     * One interval.
     *
     * @param time seconds since 1970 at which it begins
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Point(long time, long requests, long errors, long promptTokens, long completionTokens, Percentiles latencyMs,
                        Percentiles timeToFirstTokenMs) {

        private static Point of(long time, Tally tally) {
            return new Point(time, tally.requests, tally.errors, tally.promptTokens, tally.completionTokens,
                    Percentiles.of(tally.latency), Percentiles.of(tally.firstToken));
        }
    }

    private final Series series = new Series(INTERVALS, SECONDS);
    private final AtomicReferenceArray<Point> finished = new AtomicReferenceArray<>(INTERVALS);
    private final InstantSource clock;
    private final Instant started;

    RecentTraffic(InstantSource clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    void add(UsageRecord usage) {
        series.add(usage);
    }

    void addFailedAttempt(Instant time, String kind) {
        series.addFailedAttempt(time, kind);
    }

    /** The complete intervals since the start, at most 15 minutes, oldest first. */
    public List<Point> points() {
        long now = current();
        long first = Math.max(now - INTERVALS + 1, Math.floorDiv(started.getEpochSecond(), (long) SECONDS));
        return LongStream.range(first, now).mapToObj(number -> number == now - 1 ? read(number) : finished(number)).toList();
    }

    private Point read(long number) {
        return series.compute(number, tally -> Point.of(number * SECONDS, tally));
    }

    /** An interval that ended at least five seconds ago: a request is counted within milliseconds of its end. */
    private Point finished(long number) {
        int slot = (int) Math.floorMod(number, (long) INTERVALS);
        Point known = finished.get(slot);
        if (known == null || known.time() != number * SECONDS) {
            known = read(number);
            finished.set(slot, known);
        }
        return known;
    }

    /** The last minute: the current interval and those before it, 55 to 60 seconds. */
    public Summary lastMinute() {
        long now = current();
        long first = now - INTERVALS_OF_A_MINUTE + 1;
        long from = Math.max(first * SECONDS, started.getEpochSecond());
        return Summary.of(series.read(first, now), Math.max(1, clock.instant().getEpochSecond() - from));
    }

    private long current() {
        return Math.floorDiv(clock.instant().getEpochSecond(), (long) SECONDS);
    }
}
