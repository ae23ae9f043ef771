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
 * upstream. Of several clients the first one stays the owner, because an upstream can be made to repeat an id. Thread-safe.
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

    /** Remembers the owner of all keys, each for its lifetime, except of those that another client has. Does not wait for Redis. */
    void put(Owner owner, Map<Digest, Duration> keys) {
        Map<Digest, Duration> changed = remember(owner, keys);
        SharedValues values = shared.get();
        if (values != null && !changed.isEmpty()) {
            Map<String, Duration> names = new HashMap<>();
            Map<String, Digest> digests = new HashMap<>();
            changed.forEach((key, lifetime) -> {
                names.put(PREFIX + key.text(), lifetime);
                digests.put(PREFIX + key.text(), key);
            });
            values.write(owner.text(), names, held -> mayReplace(owner, Owner.of(held)),
                    (name, held) -> replace(Owner.of(held), digests.get(name), names.get(name)));
        }
    }

    /** As {@link #put}, but where another client is the owner, this one has the object too. Waits for Redis. */
    void share(Owner owner, Map<Digest, Duration> keys) {
        Map<Digest, Owner> first = find(keys);
        Map<Digest, Duration> own = new HashMap<>();
        keys.forEach((key, lifetime) -> own.put(isForeign(owner.client(), first.get(key)) ? key.with(owner.client()) : key, lifetime));
        put(owner, own);
    }

    private static boolean isForeign(String client, Owner owner) {
        return owner != null && !owner.isVisibleTo(client);
    }

    private static boolean mayReplace(Owner owner, Owner held) {
        return held == null || held.client().equals(owner.client());
    }

    private synchronized void replace(Owner owner, Digest key, Duration lifetime) {
        entries.put(key, new Known(owner, clock.millis() + lifetime.toMillis(), lifetime));
    }

    /** Returns the keys whose entry is new, or older than half of its lifetime. */
    private synchronized Map<Digest, Duration> remember(Owner owner, Map<Digest, Duration> keys) {
        long now = clock.millis();
        Map<Digest, Duration> changed = new HashMap<>();
        keys.forEach((key, lifetime) -> {
            Known known = entries.get(key);
            boolean isKnown = known != null && known.untilMillis() > now;
            if (isKnown && !mayReplace(owner, known.owner())) {
                return;
            }
            if (!isKnown || !known.owner().equals(owner) || known.untilMillis() - now < lifetime.toMillis() / 2) {
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
                    replace(owner, key, keys.get(key));
                }
            }
        }
        return found;
    }

    /** As {@link #find(Map)}; what the client has beside another owner counts for it. */
    Map<Digest, Owner> find(String client, Map<Digest, Duration> keys) {
        Map<Digest, Owner> found = find(keys);
        Map<Digest, Digest> beside = new HashMap<>();
        found.forEach((key, owner) -> {
            if (isForeign(client, owner)) {
                beside.put(key.with(client), key);
            }
        });
        if (!beside.isEmpty()) {
            Map<Digest, Duration> lifetimes = new HashMap<>();
            beside.forEach((own, key) -> lifetimes.put(own, keys.get(key)));
            find(lifetimes).forEach((own, owner) -> found.put(beside.get(own), owner));
        }
        return found;
    }

    /** Forgets what the client has, here and on Redis. */
    void remove(String client, Digest key) {
        Owner first = known(key);
        remove(isForeign(client, first) ? key.with(client) : key);
    }

    private void remove(Digest key) {
        synchronized (this) {
            entries.remove(key);
        }
        SharedValues values = shared.get();
        if (values != null) {
            values.remove(PREFIX + key.text());
        }
    }
}
