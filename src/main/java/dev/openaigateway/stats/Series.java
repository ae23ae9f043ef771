package dev.openaigateway.stats;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The latest time of one count: a ring of tallies, one per interval, which is a minute unless said otherwise. Each tally has its own lock. Recording
 * holds it for well under a microsecond, reading for the time of one copy, which is below a millisecond. Thread-safe.
 */
final class Series {

    private static final int A_MINUTE = 60;

    private final int seconds;
    private volatile AtomicReferenceArray<Interval> ring;
    private volatile Instant lastUsed = Instant.EPOCH;
    private volatile long newest;

    Series(int minutes) {
        this(minutes, A_MINUTE);
    }

    /**
     * @param intervals the number to keep
     * @param seconds   the length of each
     */
    Series(int intervals, int seconds) {
        this.seconds = seconds;
        ring = new AtomicReferenceArray<>(intervals);
    }

    /**
     * Resizes the ring.
     *
     * @param first the oldest minute since 1970 to copy
     */
    void keep(int minutes, long first) {
        AtomicReferenceArray<Interval> before = ring;
        AtomicReferenceArray<Interval> longer = new AtomicReferenceArray<>(minutes);
        copy(before, longer, first);
        ring = longer;
        // An interval may have begun in the meantime.
        copy(before, longer, first);
    }

    private static void copy(AtomicReferenceArray<Interval> from, AtomicReferenceArray<Interval> to, long first) {
        for (int i = 0; i < from.length(); i++) {
            Interval interval = from.get(i);
            if (interval != null && interval.number >= first) {
                to.compareAndSet((int) Math.floorMod(interval.number, (long) to.length()), null, interval);
            }
        }
    }

    static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), (long) A_MINUTE);
    }

    void add(UsageRecord usage) {
        lastUsed = usage.time();
        update(usage.time(), tally -> tally.add(usage));
    }

    void addFailedAttempt(Instant time, String kind) {
        update(time, tally -> tally.addFailedAttempt(kind));
    }

    /** When a request last completed; {@link Instant#EPOCH} if none did. */
    Instant lastUsed() {
        return lastUsed;
    }

    /** Whether there is no count from the interval on, numbered since 1970. */
    boolean isEmptySince(long first) {
        return newest < first;
    }

    /** The sum of these intervals, counted since 1970, both included. */
    Tally read(long first, long last) {
        Tally sum = new Tally();
        AtomicReferenceArray<Interval> intervals = ring;
        for (int i = 0; i < intervals.length(); i++) {
            Interval interval = intervals.get(i);
            if (interval != null && interval.number >= first && interval.number <= last) {
                synchronized (interval) {
                    sum.add(interval.tally);
                }
            }
        }
        return sum;
    }

    /** Applies a function to one interval, numbered since 1970, without copying it. */
    <T> T compute(long number, Function<Tally, T> function) {
        AtomicReferenceArray<Interval> intervals = ring;
        Interval interval = intervals.get((int) Math.floorMod(number, (long) intervals.length()));
        if (interval == null || interval.number != number) {
            return function.apply(new Tally());
        }
        synchronized (interval) {
            return function.apply(interval.tally);
        }
    }

    private void update(Instant time, Consumer<Tally> change) {
        long number = Math.floorDiv(time.getEpochSecond(), (long) seconds);
        newest = number;
        Interval interval = at(number);
        synchronized (interval) {
            change.accept(interval.tally);
        }
    }

    /** An interval older than the ring gets a tally that is never read. */
    private Interval at(long number) {
        AtomicReferenceArray<Interval> intervals = ring;
        int slot = (int) Math.floorMod(number, (long) intervals.length());
        while (true) {
            Interval interval = intervals.get(slot);
            if (interval != null && interval.number == number) {
                return interval;
            }
            Interval fresh = new Interval(number);
            if (interval != null && interval.number > number || intervals.compareAndSet(slot, interval, fresh)) {
                return fresh;
            }
        }
    }

    private static final class Interval {

        private final long number;
        private final Tally tally = new Tally();

        private Interval(long number) {
            this.number = number;
        }
    }
}
