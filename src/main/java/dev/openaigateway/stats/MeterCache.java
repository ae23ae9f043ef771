package dev.openaigateway.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters by what tells them apart, made once. Up to a limit of keys; further ones share the meters of one overflow key.
 *
 * @param <K> a record of tag values
 * @param <M> the meter or meters
 */
final class MeterCache<K, M> {

    private static final int KEYS = 2_000;

    private final Map<K, M> meters = new ConcurrentHashMap<>();
    private final K overflow;
    private final Function<K, M> make;

    MeterCache(K overflow, Function<K, M> make) {
        this.overflow = overflow;
        this.make = make;
    }

    M of(K key) {
        M known = meters.get(key);
        return known != null ? known : meters.computeIfAbsent(meters.size() < KEYS ? key : overflow, make);
    }
}
