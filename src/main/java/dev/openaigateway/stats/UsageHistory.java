package dev.openaigateway.stats;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Usage over more time than memory holds, read from where usage records are kept for good. */
public final class UsageHistory {

    /** Days that can be asked for. */
    public static final int DAYS = 366;

    /** Where usage records are kept. */
    @FunctionalInterface
    public interface Store {

        /**
         * Sums by intervals.
         *
         * @param question {@code seconds} of an interval, {@code since} which second of the epoch, and one of
         *                 {@code instance}, {@code model} and {@code client}, null for all
         * @return rows of slot, requests, errors, prompt, completion, mean and slowest, the last two in milliseconds
         */
        List<Map<String, Object>> read(Map<String, Object> question) throws Exception;
    }

    private final Store store;
    private final InstantSource clock;

    public UsageHistory(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A value per interval, oldest first; the last interval is still running. Latency has no percentiles.
     *
     * @param only what to count alone; null for all
     */
    public StatsReport.Usage usage(UsageMetric metric, int minutes, Dimension only, String name) throws Exception {
        long seconds = interval(minutes).toSeconds();
        long last = clock.instant().getEpochSecond() / seconds;
        long first = last - minutes * 60L / seconds + 1;
        Map<String, Object> question = new HashMap<>();
        question.put("seconds", seconds);
        question.put("since", first * seconds);
        for (Dimension dimension : Dimension.values()) {
            question.put(dimension.name().toLowerCase(Locale.ROOT), dimension == only ? name : null);
        }
        Map<Long, StoredSums> slots = store.read(question).stream()
                .collect(Collectors.toMap(row -> ((Number) row.get("slot")).longValue(), StoredSums::of));
        List<Map<String, Object>> points = LongStream.rangeClosed(first, last)
                .mapToObj(slot -> slots.getOrDefault(slot, StoredSums.NONE).point(metric, slot * seconds)).toList();
        return new StatsReport.Usage(metric.label(), metric.unit(), minutes, (int) seconds, points);
    }

    /** So that a few hundred points come out. */
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
