package dev.openaigateway.stats;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The latest minutes of one count: a ring of tallies, one per minute. Each tally has its own lock, held for well under a
 * microsecond, so that reading does not delay recording. Thread-safe.
 */
final class Series {

    private volatile AtomicReferenceArray<Minute> ring;
    private volatile Instant lastUsed = Instant.EPOCH;

    Series(int minutes) {
        ring = new AtomicReferenceArray<>(minutes);
    }

    /**
     * Resizes the ring.
     *
     * @param first the oldest minute since 1970 to copy
     */
    void keep(int minutes, long first) {
        AtomicReferenceArray<Minute> before = ring;
        AtomicReferenceArray<Minute> longer = new AtomicReferenceArray<>(minutes);
        copy(before, longer, first);
        ring = longer;
        // A minute may have begun in the meantime.
        copy(before, longer, first);
    }

    private static void copy(AtomicReferenceArray<Minute> from, AtomicReferenceArray<Minute> to, long first) {
        for (int i = 0; i < from.length(); i++) {
            Minute minute = from.get(i);
            if (minute != null && minute.number >= first) {
                to.compareAndSet((int) Math.floorMod(minute.number, (long) to.length()), null, minute);
            }
        }
    }

    static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60L);
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

    /** The sum of these minutes since 1970, both included. */
    Tally read(long first, long last) {
        Tally sum = new Tally();
        AtomicReferenceArray<Minute> minutes = ring;
        for (int i = 0; i < minutes.length(); i++) {
            Minute minute = minutes.get(i);
            if (minute != null && minute.number >= first && minute.number <= last) {
                synchronized (minute) {
                    sum.add(minute.tally);
                }
            }
        }
        return sum;
    }

    private void update(Instant time, Consumer<Tally> change) {
        Minute minute = at(minute(time));
        synchronized (minute) {
            change.accept(minute.tally);
        }
    }

    /** A minute older than the ring gets a tally that is never read. */
    private Minute at(long number) {
        AtomicReferenceArray<Minute> minutes = ring;
        int slot = (int) Math.floorMod(number, (long) minutes.length());
        while (true) {
            Minute minute = minutes.get(slot);
            if (minute != null && minute.number == number) {
                return minute;
            }
            Minute fresh = new Minute(number);
            if (minute != null && minute.number > number || minutes.compareAndSet(slot, minute, fresh)) {
                return fresh;
            }
        }
    }

    private static final class Minute {

        private final long number;
        private final Tally tally = new Tally();

        private Minute(long number) {
            this.number = number;
        }
    }
}
