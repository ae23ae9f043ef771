package dev.openaigateway.ratelimit;

import dev.openaigateway.redis.RedisTimeBudget;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The windows of one process. Keeps one window of about 600 bytes for each scope that was ever charged. Thread-safe. */
final class MemoryWindowStore implements WindowStore {

    private static final long NEVER = Long.MAX_VALUE;
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private volatile InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Window> windows = new HashMap<>();

    MemoryWindowStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Runs the work under the lock of the windows. */
    <T> T locked(Function<Map<String, Window>, T> work) {
        lock.lock();
        try {
            return work.apply(windows);
        } finally {
            lock.unlock();
        }
    }

    long millis() {
        return clock.millis();
    }

    /** Replaces the clock. */
    void useClock(InstantSource other) {
        clock = other;
    }

    @Override
    public Decision reserve(List<Charge> charges, RedisTimeBudget budget) {
        lock.lock();
        try {
            long now = clock.millis();
            long bucket = newestBucket(charges, now);
            for (Charge charge : charges) {
                if (charge.amount() > left(charge)) {
                    return refused(charges, now);
                }
            }
            List<Long> remaining = new ArrayList<>(charges.size());
            for (Charge charge : charges) {
                Window window = windows.get(charge.scope());
                window.add(charge.amount());
                remaining.add(charge.limit() - window.total());
            }
            return new Decision.Admitted(bucket, Decision.Location.HERE, remaining, leaves(bucket) - now);
        } finally {
            lock.unlock();
        }
    }

    /** Adds charges that another store admitted, without checking the limits. */
    void copy(List<Charge> charges, long bucket) {
        lock.lock();
        try {
            for (Charge charge : charges) {
                Window window = window(charge.scope());
                window.advanceTo(bucket);
                window.add(bucket, charge.amount());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<Void> settle(Decision.Location location, List<Correction> corrections) {
        lock.lock();
        try {
            long now = bucket(clock.millis());
            for (Correction correction : corrections) {
                Window window = window(correction.scope());
                window.advanceTo(now);
                if (location == Decision.Location.ALONE) {
                    window.shared().correct(correction);
                }
                if (correction.delta() > 0) {
                    window.add(correction.delta());
                } else {
                    window.giveBack(correction.bucket(), -correction.delta());
                }
            }
            return DONE;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Map<String, Long> used(List<String> scopes) {
        lock.lock();
        try {
            long now = bucket(clock.millis());
            Map<String, Long> used = new HashMap<>();
            for (String scope : scopes) {
                Window window = windows.get(scope);
                if (window != null) {
                    window.advanceTo(now);
                }
                used.put(scope, window == null ? 0 : window.total());
            }
            return used;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<WindowReading> read(List<Charge> charges) {
        lock.lock();
        try {
            long now = clock.millis();
            return charges.stream().map(charge -> {
                Window window = windows.getOrDefault(charge.scope(), new Window());
                window.advanceTo(bucket(now));
                long missing = charge.amount() + window.total() - charge.limit();
                long wait = missing <= 0 ? 0 : charge.canNeverFit() ? -1 : Math.max(0, leaves(window.bucketThatFrees(missing)) - now);
                return WindowReading.of(window.total(), wait);
            }).toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        // Holds no resources.
    }

    /** Advances all windows to the same bucket: the newest that any of them has seen. Under the lock. */
    long newestBucket(List<Charge> charges, long now) {
        long bucket = bucket(now);
        for (Charge charge : charges) {
            Window window = window(charge.scope());
            if (window.isFarAhead(bucket(now))) {
                window.restartAt(bucket(now));
            }
            bucket = Math.max(bucket, window.newest());
        }
        for (Charge charge : charges) {
            windows.get(charge.scope()).advanceTo(bucket);
        }
        return bucket;
    }

    Window window(String scope) {
        return windows.computeIfAbsent(scope, fresh -> new Window());
    }

    private long left(Charge charge) {
        return charge.limit() - windows.get(charge.scope()).total();
    }

    /** Refuses by the charge that has to wait longest, since all must fit. */
    private Decision refused(List<Charge> charges, long now) {
        Charge last = null;
        long fits = 0;
        for (Charge charge : charges) {
            long each = fitsAt(charge);
            if (each > fits) {
                fits = each;
                last = charge;
            }
        }
        return new Decision.Refused(last, left(last), fits == NEVER ? OptionalLong.empty() : OptionalLong.of(fits - now));
    }

    /** When the charge fits, in milliseconds since 1970; 0 if it fits now, {@link #NEVER} if it exceeds the limit. */
    private long fitsAt(Charge charge) {
        long missing = charge.amount() - left(charge);
        if (missing <= 0) {
            return 0;
        }
        return charge.canNeverFit() ? NEVER : leaves(windows.get(charge.scope()).bucketThatFrees(missing));
    }

    static long bucket(long millis) {
        return Math.floorDiv(millis, 1000L);
    }

    /** When the bucket leaves the window, in milliseconds since 1970. */
    static long leaves(long bucket) {
        return (bucket + SECONDS + 1) * 1000;
    }
}
