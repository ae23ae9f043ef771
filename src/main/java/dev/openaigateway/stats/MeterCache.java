package dev.openaigateway.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Creates the meters of each key once and caches them. Beyond 2,000 keys, further ones share the meters of one overflow
 * key. Thread-safe.
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
