package dev.openaigateway.affinity;

import dev.openaigateway.redis.SharedValues;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The owners of stored objects, by digest. Kept in memory, bounded: the least recently used entries are evicted first. If there is a
 * Redis, it has them too, so that other gateways, and this one after a restart, know them. A lost entry costs one refusal by an
 * upstream. Thread-safe.
 */
final class OwnerTable {

    private static final String PREFIX = "owner:";

    private record Known(Owner owner, long untilMillis, Duration lifetime) {
    }

    private final InstantSource clock;
    private final Supplier<SharedValues> shared;
    private final Map<Digest, Known> entries;

    /**
     * @param shared     gives the current values on Redis; null if there is no Redis
     * @param maxEntries that are kept in memory
     */
    OwnerTable(int maxEntries, InstantSource clock, Supplier<SharedValues> shared) {
        this.clock = clock;
        this.shared = shared;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Known> eldest) {
                return size() > maxEntries;
            }
        };
    }

    /** Remembers the owner of all keys, each for its lifetime. Does not wait for Redis. */
    void put(Owner owner, Map<Digest, Duration> keys) {
        Map<Digest, Duration> changed = remember(owner, keys);
        SharedValues values = shared.get();
        if (values != null && !changed.isEmpty()) {
            Map<String, Duration> names = new HashMap<>();
            changed.forEach((key, lifetime) -> names.put(PREFIX + key.text(), lifetime));
            values.write(owner.text(), names);
        }
    }

    /** Returns the keys whose entry is new, or older than half of its lifetime. */
    private synchronized Map<Digest, Duration> remember(Owner owner, Map<Digest, Duration> keys) {
        long now = clock.millis();
        Map<Digest, Duration> changed = new HashMap<>();
        keys.forEach((key, lifetime) -> {
            Known known = entries.get(key);
            if (known == null || !known.owner().equals(owner) || known.untilMillis() - now < lifetime.toMillis() / 2) {
                entries.put(key, new Known(owner, now + lifetime.toMillis(), lifetime));
                changed.put(key, lifetime);
            }
        });
        return changed;
    }

    /** Null if it is unknown. Does not ask Redis. */
    synchronized Owner known(Digest key) {
        Known entry = entries.get(key);
        if (entry != null && entry.untilMillis() <= clock.millis()) {
            entries.remove(key);
            return null;
        }
        return entry == null ? null : entry.owner();
    }

    /**
     * The owners of those keys that have one. Waits for Redis, as long as a rate limit does, if some are not in memory.
     *
     * @param keys with the time that an entry from Redis is kept in memory
     */
    Map<Digest, Owner> find(Map<Digest, Duration> keys) {
        Map<Digest, Owner> found = new HashMap<>();
        List<Digest> unknown = new ArrayList<>(0);
        for (Digest key : keys.keySet()) {
            Owner owner = known(key);
            if (owner == null) {
                unknown.add(key);
            } else {
                found.put(key, owner);
            }
        }
        SharedValues values = unknown.isEmpty() ? null : shared.get();
        if (values != null) {
            Map<String, String> texts = values.read(unknown.stream().map(key -> PREFIX + key.text()).toList());
            for (Digest key : unknown) {
                String text = texts.get(PREFIX + key.text());
                Owner owner = text == null ? null : Owner.of(text);
                if (owner != null) {
                    found.put(key, owner);
                    remember(owner, Map.of(key, keys.get(key)));
                }
            }
        }
        return found;
    }

    /** Forgets an entry here and on Redis. */
    void remove(Digest key) {
        synchronized (this) {
            entries.remove(key);
        }
        SharedValues values = shared.get();
        if (values != null) {
            values.remove(PREFIX + key.text());
        }
    }
}
