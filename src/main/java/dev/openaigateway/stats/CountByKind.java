package dev.openaigateway.stats;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts by kind, for up to 50 kinds; further kinds are counted as {@value #OTHER}. Not thread-safe. */
final class CountByKind {

    static final String OTHER = "other";
    private static final int KINDS = 50;

    /** Created with the first count, since most minutes have no errors. */
    private Map<String, Long> counts = Map.of();

    void add(String kind, long count) {
        if (counts.isEmpty()) {
            counts = new TreeMap<>();
        }
        counts.merge(counts.size() < KINDS || counts.containsKey(kind) ? kind : OTHER, count, Long::sum);
    }

    void add(CountByKind other) {
        other.counts.forEach(this::add);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> asMap() {
        return Collections.unmodifiableMap(counts);
    }
}
