package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * This gateway's share of shared windows while it is alone, that is, while Redis is unavailable to it; see {@link SharedView}.
 * Thread-safe.
 */
final class LocalShare {

    private static final long NEVER = Long.MAX_VALUE;

    private final MemoryWindowStore own;
    /** Whether any window may have charges that the shared windows lack. */
    private volatile boolean charged = true;

    /** @param own the windows with this gateway's own charges */
    LocalShare(MemoryWindowStore own) {
        this.own = own;
    }

    /** Makes all charges or none. A charge that exceeds only the share is refused with a finite wait. */
    Decision reserve(List<Charge> charges, int gateways) {
        return own.locked(windows -> {
            long now = own.millis();
            long bucket = own.newestBucket(charges, now);
            Decision.Refused refused = refused(charges, gateways, now);
            if (refused != null) {
                return refused;
            }
            List<Long> remaining = new ArrayList<>(charges.size());
            for (Charge charge : charges) {
                SharedView shared = own.window(charge.scope()).shared();
                shared.add(charge.amount());
                remaining.add(shared.left(charge.limit(), gateways));
            }
            charged = true;
            return new Decision.Admitted(bucket, Decision.Location.ALONE, remaining, MemoryWindowStore.leaves(bucket) - now);
        });
    }

    /** The refusal that has to wait longest; null if all charges fit. */
    private Decision.Refused refused(List<Charge> charges, int gateways, long now) {
        Decision.Refused refused = null;
        for (Charge charge : charges) {
            SharedView shared = own.window(charge.scope()).shared();
            long left = shared.left(charge.limit(), gateways);
            if (charge.amount() > left) {
                OptionalLong wait = waitFor(charge, shared, gateways, now);
                if (refused == null || wait.orElse(NEVER) > refused.waitMillis().orElse(NEVER)) {
                    refused = new Decision.Refused(charge, Math.max(0, left), wait);
                }
            }
        }
        return refused;
    }

    private static OptionalLong waitFor(Charge charge, SharedView shared, int gateways, long now) {
        if (charge.canNeverFit()) {
            return OptionalLong.empty();
        }
        long bucket = shared.bucketThatFits(charge.amount(), charge.limit(), gateways);
        return OptionalLong.of(bucket < 0 ? MemoryWindowStore.leaves(0) : bucket * 1000 - now);
    }

    /** Takes note of the totals of shared windows. */
    void see(Map<String, Long> totals) {
        own.locked(windows -> {
            totals.forEach((scope, total) -> see(scope, total, own.millis()));
            return null;
        });
    }

    /** Takes note of what the shared windows had left after these charges, at a time in milliseconds since 1970. */
    void see(List<Charge> charges, List<Long> remaining, long millis) {
        own.locked(windows -> {
            for (int i = 0; i < charges.size(); i++) {
                see(charges.get(i).scope(), charges.get(i).limit() - remaining.get(i), millis);
            }
            return null;
        });
    }

    private void see(String scope, long total, long millis) {
        Window window = own.window(scope);
        window.advanceTo(MemoryWindowStore.bucket(own.millis()));
        window.shared().see(total, millis);
    }

    /** Scopes to look at, up to a number: first those in use, then those whose shared windows were seen longest ago. */
    List<String> nextToSee(int max) {
        return own.locked(windows -> {
            long now = MemoryWindowStore.bucket(own.millis());
            PriorityQueue<Map.Entry<String, Window>> next = new PriorityQueue<>(max + 1, firstToSee(now).reversed());
            windows.entrySet().stream().filter(each -> each.getValue().isShared()).forEach(each -> {
                next.add(each);
                if (next.size() > max) {
                    next.remove();
                }
            });
            return next.stream().map(Map.Entry::getKey).toList();
        });
    }

    private static Comparator<Map.Entry<String, Window>> firstToSee(long now) {
        return Comparator.comparing((Map.Entry<String, Window> each) -> !each.getValue().shared().isInUse(now))
                .thenComparingLong(each -> each.getValue().shared().seen());
    }

    /** Returns what was charged alone, and counts it as known to the shared windows from now on. */
    List<Correction> takeCharged() {
        if (!charged) {
            return List.of();
        }
        return own.locked(windows -> {
            charged = false;
            long now = MemoryWindowStore.bucket(own.millis());
            List<Correction> taken = new ArrayList<>();
            windows.forEach((scope, window) -> {
                window.advanceTo(now);
                long alone = window.isShared() ? window.shared().takeCharged() : 0;
                if (alone > 0) {
                    taken.add(new Correction(scope, window.newest(), alone));
                }
            });
            return taken;
        });
    }

    /** Counts charges as made alone again, because the shared windows did not take them. */
    void putBack(List<Correction> taken) {
        own.locked(windows -> {
            charged = true;
            taken.forEach(each -> own.window(each.scope()).shared().putBack(each.delta()));
            return null;
        });
    }
}
