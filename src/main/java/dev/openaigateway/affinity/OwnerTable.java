package dev.openaigateway.affinity;

import dev.openaigateway.redis.SharedValues;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The owners of stored objects, by digest. Kept in memory, bounded: the least recently used entries are evicted first. If there is a
 * Redis, it has them too, so that other gateways, and this one after a restart, know them. A lost entry costs one refusal by an
 * upstream. {@link Owner#mayReplace} says which of several clients is the owner. Thread-safe.
 */
final class OwnerTable {

    private static final String PREFIX = "owner:";
    /** How long it is known that an object was deleted by its owner: as long as others can have it. */
    private static final Duration OF_DELETED = Duration.ofDays(365);
    /** What a shared object has beside its owner, instead of the name of a client, which has no control characters. */
    private static final String SHARED = "\0shared";

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

    /** Remembers the owner of all keys, each for its lifetime, except where it may not replace another. Does not wait for Redis. */
    void put(Owner owner, Map<Digest, Duration> keys) {
        write(owner, remember(owner, keys), owner::mayReplace, (key, held) -> { });
    }

    /** As {@link #put}, but what an upstream has made for another client too, each of them has. Does not wait for Redis. */
    void putBeside(Owner owner, Map<Digest, Duration> keys) {
        Map<Digest, Duration> own = new HashMap<>();
        keys.forEach((key, lifetime) -> own.put(isMadeForAnother(owner.client(), known(key)) ? key.with(owner.client()) : key, lifetime));
        write(owner, remember(owner, own), owner::mayReplace, (key, held) -> {
            if (isMadeForAnother(owner.client(), held)) {
                put(owner, Map.of(key.with(owner.client()), own.get(key)));
            }
        });
    }

    /** @param onHeld called for each key that keeps another owner on Redis */
    private void write(Owner owner, Map<Digest, Duration> changed, Predicate<Owner> mayReplace, BiConsumer<Digest, Owner> onHeld) {
        SharedValues values = shared.get();
        if (values != null && !changed.isEmpty()) {
            Map<String, Duration> names = new HashMap<>();
            Map<String, Digest> digests = new HashMap<>();
            changed.forEach((key, lifetime) -> {
                names.put(PREFIX + key.text(), lifetime);
                digests.put(PREFIX + key.text(), key);
            });
            values.write(owner.text(), names, held -> mayReplace.test(Owner.of(held)),
                    (name, held) -> {
                        Owner first = Owner.of(held);
                        replace(first, digests.get(name), names.get(name));
                        onHeld.accept(digests.get(name), first);
                    });
        }
    }

    /** As {@link #put}, but where another client has made the object, this one has it too. Waits for Redis. */
    void share(Owner owner, Map<Digest, Duration> keys) {
        Map<Digest, Owner> first = find(keys);
        Map<Digest, Duration> own = new HashMap<>();
        Map<Digest, Duration> marks = new HashMap<>();
        keys.forEach((key, lifetime) -> {
            Owner held = first.get(key);
            boolean beside = isMadeForAnother(owner.client(), held);
            own.put(beside ? key.with(owner.client()) : key, lifetime);
            if (beside) {
                marks.put(key.with(SHARED), lifetime);
            }
        });
        put(owner, own);
        put(owner.deleted(), marks);
    }

    private static boolean isMadeForAnother(String client, Owner held) {
        return isForeign(client, held) && (held.isMade() || held.isDeleted());
    }

    private static boolean isForeign(String client, Owner owner) {
        return owner != null && !owner.isVisibleTo(client);
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
            if (isKnown && !owner.mayReplace(known.owner())) {
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
     * The owners of those keys that have one. Waits for Redis, as long as a rate limit does, if some are not in memory, or were only
     * named by a client, since another gateway can have learnt meanwhile for whom they were made.
     *
     * @param keys with the time that an entry from Redis is kept in memory
     */
    Map<Digest, Owner> find(Map<Digest, Duration> keys) {
        Map<Digest, Owner> found = new HashMap<>();
        List<Digest> unknown = new ArrayList<>(0);
        for (Digest key : keys.keySet()) {
            Owner owner = known(key);
            if (owner != null) {
                found.put(key, owner);
            }
            if (owner == null || !owner.isMade()) {
                unknown.add(key);
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

    /** Forgets what the client has, here and on Redis. What others have too stays theirs. Waits for Redis. */
    void remove(String client, Digest key) {
        Digest mark = key.with(SHARED);
        Map<Digest, Owner> found = find(Map.of(key, OF_DELETED, mark, OF_DELETED));
        Owner first = found.get(key);
        if (isForeign(client, first)) {
            remove(key.with(client));
            return;
        }
        if (first != null && found.containsKey(mark)) {
            replace(first.deleted(), key, OF_DELETED);
            write(first.deleted(), Map.of(key, OF_DELETED), held -> true, (any, held) -> { });
        } else {
            remove(key);
        }
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
