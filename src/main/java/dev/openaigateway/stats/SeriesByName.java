package dev.openaigateway.stats;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One series per name, for up to 500 names; further names share {@value CountByKind#OTHER}. A name that has no count in the minutes
 * that are kept makes room for another. Thread-safe.
 */
final class SeriesByName {

    private static final int NAMES = 500;

    private final Map<String, Series> series = new ConcurrentHashMap<>();
    private volatile int minutes;
    private long searched;

    SeriesByName(int minutes) {
        this.minutes = minutes;
    }

    /** @param first the oldest minute since 1970 to copy */
    void keep(int newMinutes, long first) {
        minutes = newMinutes;
        series.values().forEach(each -> each.keep(newMinutes, first));
    }

    /** The series to count under the name at the time, which is about now. */
    Series of(String name, Instant time) {
        Series known = series.get(name);
        return known != null ? known : add(name, Series.minute(time));
    }

    private synchronized Series add(String name, long minute) {
        if (series.size() >= NAMES && minute > searched) {
            searched = minute;
            series.values().removeIf(each -> each.isEmptySince(minute - minutes + 1));
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
