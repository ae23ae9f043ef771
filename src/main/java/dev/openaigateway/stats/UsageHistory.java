package dev.openaigateway.stats;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Usage over more time than is kept in memory, read from the persistent store of usage records. */
public final class UsageHistory {

    /** The longest period that can be requested, in days. */
    public static final int DAYS = 366;

    /** The persistent store of usage records. */
    @FunctionalInterface
    public interface Store {

        /**
         * Sums the usage records of each interval.
         *
         * @param query {@code seconds} is the length of an interval, {@code since} the start in seconds since 1970;
         *              {@code instance}, {@code model} and {@code client} are filters, null for no filter
         * @return rows of slot, requests, errors, prompt, completion, mean and slowest, the last two in milliseconds
         */
        List<Map<String, Object>> read(Map<String, Object> query) throws Exception;
    }

    private final Store store;
    private final InstantSource clock;

    public UsageHistory(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * One point per interval, oldest first; the last interval is incomplete. Latency has no percentiles.
     *
     * @param only the name to count in each dimension that it has; those that it lacks are not filtered
     */
    public StatsReport.Usage usage(UsageMetric metric, int minutes, Map<Dimension, String> only) throws Exception {
        long seconds = interval(minutes).toSeconds();
        long last = clock.instant().getEpochSecond() / seconds;
        long first = last - minutes * 60L / seconds + 1;
        Map<String, Object> query = new HashMap<>();
        query.put("seconds", seconds);
        query.put("since", first * seconds);
        for (Dimension dimension : Dimension.values()) {
            query.put(dimension.parameter(), only.get(dimension));
        }
        Map<Long, StoredSums> slots = store.read(query).stream()
                .collect(Collectors.toMap(row -> ((Number) row.get("slot")).longValue(), StoredSums::of));
        List<Map<String, Object>> points = LongStream.rangeClosed(first, last)
                .mapToObj(slot -> slots.getOrDefault(slot, StoredSums.NONE).point(metric, slot * seconds)).toList();
        return new StatsReport.Usage(metric.label(), metric.unit(), minutes, (int) seconds, points);
    }

    /** Chosen to return at most a few hundred points. */
    private static Duration interval(int minutes) {
        Duration window = Duration.ofMinutes(minutes);
        if (window.compareTo(Duration.ofHours(12)) <= 0) {
            return Duration.ofMinutes(1);
        }
        if (window.compareTo(Duration.ofDays(3)) <= 0) {
            return Duration.ofMinutes(10);
        }
        return window.compareTo(Duration.ofDays(31)) <= 0 ? Duration.ofHours(1) : Duration.ofDays(1);
    }
}
