package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A reference implementation: logs every charge to the millisecond and derives the expected decisions. Slow but simple. */
final class ExactLog {

    private final Map<String, List<Entry>> entries = new HashMap<>();

    static final class Entry {
        final long time;
        long amount;

        Entry(long time, long amount) {
            this.time = time;
            this.amount = amount;
        }

        /** A charge counts until 61 s after the beginning of its second. */
        boolean counts(long now) {
            return now < (time / 1000 + 61) * 1000;
        }
    }

    /** The charge, of those that do not fit, that has to wait longest; the first of several; null if all fit. */
    Charge refused(List<Charge> charges, long now) {
        Charge last = null;
        for (Charge charge : charges) {
            boolean full = used(charge.scope(), now) + charge.amount() > charge.limit();
            if (full && (last == null || waitFor(charge, now).orElse(Long.MAX_VALUE) > waitFor(last, now).orElse(Long.MAX_VALUE))) {
                last = charge;
            }
        }
        return last;
    }

    List<Entry> charge(List<Charge> charges, long now) {
        List<Entry> made = charges.stream().map(charge -> new Entry(now, charge.amount())).toList();
        for (int i = 0; i < made.size(); i++) {
            of(charges.get(i).scope()).add(made.get(i));
        }
        return made;
    }

    void settle(String scope, Entry entry, long delta, long now) {
        if (delta > 0) {
            of(scope).add(new Entry(now, delta));
        } else if (entry.counts(now)) {
            entry.amount += delta;
        }
    }

    long used(String scope, long now) {
        return of(scope).stream().filter(entry -> entry.counts(now)).mapToLong(entry -> entry.amount).sum();
    }

    /** The wait in milliseconds until the charge fits, found by trying the end of every second. */
    OptionalLong waitFor(Charge charge, long now) {
        if (charge.amount() > charge.limit()) {
            return OptionalLong.empty();
        }
        long then = now;
        while (used(charge.scope(), then) + charge.amount() > charge.limit()) {
            then = (then / 1000 + 1) * 1000;
        }
        return OptionalLong.of(then - now);
    }

    /** The sum of the 60 seconds that end now, independent of buckets. */
    long lastSixtySeconds(String scope, long now) {
        return of(scope).stream().filter(entry -> entry.time > now - 60_000).mapToLong(entry -> entry.amount).sum();
    }

    private List<Entry> of(String scope) {
        return entries.computeIfAbsent(scope, none -> new ArrayList<>());
    }
}
