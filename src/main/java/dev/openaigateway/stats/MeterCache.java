package dev.openaigateway.stats;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Creates the meters of each key once and caches them. Beyond 2,000 keys, further ones share the meters of a coarser key, which keeps
 * the tags that alerts and panels ask for; beyond another 2,000, those of a still coarser one. Thread-safe.
 *
 * @param <K> a record of tag values
 * @param <M> the meter or meters
 */
final class MeterCache<K, M> {

    private static final int KEYS = 2_000;

    private final Map<K, M> meters = new ConcurrentHashMap<>();
    private final Function<K, M> make;
    private final List<UnaryOperator<K>> coarser;

    /** @param coarser from the finest to the coarsest; the keys that the last one returns are few, since their number is not checked */
    MeterCache(Function<K, M> make, List<UnaryOperator<K>> coarser) {
        this.make = make;
        this.coarser = List.copyOf(coarser);
    }

    M of(K key) {
        M known = meters.get(key);
        return known != null ? known : meters.computeIfAbsent(affordable(key), make);
    }

    private K affordable(K key) {
        K form = key;
        int most = KEYS;
        for (UnaryOperator<K> step : coarser) {
            if (meters.size() < most || meters.containsKey(form)) {
                return form;
            }
            form = step.apply(key);
            most += KEYS;
        }
        return form;
    }
}
