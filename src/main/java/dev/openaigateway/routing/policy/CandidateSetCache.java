package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Caches one value for each model and each set of candidates with their weights, such as the position of a rotation.
 * Keeps the {@value #MAX_ENTRIES} most recently used. Thread-safe; the values must be too.
 *
 * <p>The key names each candidate. Most requests for a model have the same immutable list of candidates as the one before, so the values of a
 * few lists are found by the list itself (benchmark row "200 instances of 50 models").
 */
final class CandidateSetCache<T> {

    private static final int MAX_ENTRIES = 1024;
    private static final int LATEST = 16;

    /**
     * @param model the hash of the name, because names can be long; a collision only makes two models share
     *              a rotation
     */
    private record Key(int model, List<Share> shares) {
    }

    private record Share(String instance, int weight) {

        static Share of(Candidate candidate) {
            return new Share(candidate.instance().name(), candidate.weight());
        }
    }

    private record Found<T>(int model, List<Candidate> candidates, T value) {

        boolean isFor(int otherModel, List<Candidate> others) {
            return model == otherModel && candidates == others;
        }
    }

    private final AtomicReferenceArray<Found<T>> latest = new AtomicReferenceArray<>(LATEST);
    private final Map<Key, T> values = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, T> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /** Returns the cached value, and creates it if there is none. */
    T of(String model, List<Candidate> candidates, Supplier<T> make) {
        int hash = model.hashCode();
        int slot = Math.floorMod(hash, LATEST);
        Found<T> known = latest.get(slot);
        if (known != null && known.isFor(hash, candidates)) {
            return known.value();
        }
        T value = ofSet(hash, candidates, make);
        boolean isImmutable = List.copyOf(candidates) == candidates;
        if (isImmutable) {
            latest.set(slot, new Found<>(hash, candidates, value));
        }
        return value;
    }

    private T ofSet(int model, List<Candidate> candidates, Supplier<T> make) {
        List<Share> shares = new ArrayList<>(candidates.size());
        candidates.forEach(candidate -> shares.add(Share.of(candidate)));
        Key key = new Key(model, shares);
        synchronized (values) {
            return values.computeIfAbsent(key, missing -> make.get());
        }
    }
}
