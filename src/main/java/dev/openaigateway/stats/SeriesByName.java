package dev.openaigateway.stats;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** One series per name, for up to 500 names; further names share {@value CountByKind#OTHER}. Thread-safe. */
final class SeriesByName {

    private static final int NAMES = 500;

    private final Map<String, Series> series = new ConcurrentHashMap<>();
    private volatile int minutes;

    SeriesByName(int minutes) {
        this.minutes = minutes;
    }

    /** @param first the oldest minute since 1970 to copy */
    void keep(int newMinutes, long first) {
        minutes = newMinutes;
        series.values().forEach(each -> each.keep(newMinutes, first));
    }

    Series of(String name) {
        Series known = series.get(name);
        if (known != null) {
            return known;
        }
        return series.computeIfAbsent(series.size() < NAMES ? name : CountByKind.OTHER, any -> new Series(minutes));
    }

    Optional<Series> find(String name) {
        return Optional.ofNullable(series.get(name));
    }

    Map<String, Series> byName() {
        return new TreeMap<>(series);
    }
}
