package dev.openaigateway.stats;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.openaigateway.config.LiveSettings;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** Builds the documents served at {@code /stats}, for serialization by Jackson. Times are seconds since 1970. Thread-safe. */
public final class StatsReport {

    private final Statistics statistics;
    private final LiveSettings settings;
    private final InstantSource clock;

    /** Windows are capped at the retention of {@link Statistics}. */
    public StatsReport(Statistics statistics, LiveSettings settings, InstantSource clock) {
        this.statistics = statistics;
        this.settings = settings;
        this.clock = clock;
    }

    /** {@code /stats}: the configured window, in total and by instance, model and client. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Overview(
            long timestamp,
            long uptimeSeconds,
            int windowMinutes,
            Summary total,
            Map<String, Summary> instances,
            Map<String, Summary> models,
            Map<String, Summary> clients) {
    }

    /** {@code /stats/windows}: an overview for each window, by its length in minutes. */
    public record Windows(long timestamp, Map<Integer, Overview> windows) {
    }

    /** {@code /stats/instances}: the windows of each instance, by their length in minutes. */
    public record Instances(long timestamp, List<Instance> instances) {
    }

    /** @param lastUsed seconds since 1970; null if the instance was never used */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Instance(String name, Long lastUsed, Map<Integer, Summary> windows) {
    }

    /** {@code /stats/usage}: one point per interval, oldest first; the last interval is incomplete. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Usage(
            String metric, String unit, int windowMinutes, int intervalSeconds, List<Map<String, Object>> points) {

        /** Whether any point is above 0. */
        public boolean hasCounts() {
            return points.stream().anyMatch(point -> point.get("value") instanceof Number value && value.doubleValue() > 0);
        }
    }

    public Overview overview() {
        return overview(range(clock.instant(), minutes(settings.get().monitoring().statsWindow())));
    }

    public Windows windows() {
        Instant now = clock.instant();
        Map<Integer, Overview> windows = new LinkedHashMap<>();
        allMinutes().forEach(minutes -> windows.put(minutes, overview(range(now, minutes))));
        return new Windows(now.getEpochSecond(), windows);
    }

    /** @param names the instances to report, in this order; those without traffic are reported with zeros */
    public Instances instances(Collection<String> names) {
        Instant now = clock.instant();
        return new Instances(now.getEpochSecond(), names.stream().map(name -> instance(name, now)).toList());
    }

    /**
     * Usage per minute; zeros if there were no requests.
     *
     * @param only empty for all requests, else the name of one instance, model or client
     */
    public Usage usage(UsageMetric metric, int minutes, Map<Dimension, String> only) {
        Optional<Series> series = only.isEmpty() ? Optional.of(statistics.total())
                : only.entrySet().stream().findFirst().flatMap(filter -> statistics.series(filter.getKey(), filter.getValue()));
        MinuteRange range = range(clock.instant(), minutes);
        List<Map<String, Object>> points = LongStream.rangeClosed(range.first(), range.last())
                .mapToObj(minute -> metric.point(
                        minute * 60, series.map(each -> each.read(minute, minute)).orElseGet(Tally::new)))
                .toList();
        return new Usage(metric.label(), metric.unit(), range.minutes(), 60, points);
    }

    /** The names that have counts. */
    public Set<String> names(Dimension dimension) {
        return statistics.byName(dimension).keySet();
    }

    /** The longest window that can be requested, in minutes. */
    public int longestWindow() {
        return statistics.minutesKept();
    }

    private Overview overview(MinuteRange range) {
        Instant now = clock.instant();
        return new Overview(
                now.getEpochSecond(),
                Duration.between(statistics.started(), now).toSeconds(),
                range.minutes(),
                range.of(statistics.total()),
                summaries(range, Dimension.INSTANCE),
                summaries(range, Dimension.MODEL),
                summaries(range, Dimension.CLIENT));
    }

    private Map<String, Summary> summaries(MinuteRange range, Dimension dimension) {
        Map<String, Summary> summaries = new TreeMap<>();
        statistics.byName(dimension).forEach((name, series) -> summaries.put(name, range.of(series)));
        return summaries;
    }

    private Instance instance(String name, Instant now) {
        Series series = statistics.series(Dimension.INSTANCE, name).orElseGet(() -> new Series(1));
        Map<Integer, Summary> windows = new LinkedHashMap<>();
        allMinutes().forEach(minutes -> windows.put(minutes, range(now, minutes).of(series)));
        return new Instance(name, statistics.lastUsed(name).map(Instant::getEpochSecond).orElse(null), windows);
    }

    private SortedSet<Integer> allMinutes() {
        SortedSet<Integer> all = new TreeSet<>(List.of(minutes(settings.get().monitoring().statsWindow())));
        settings.get().monitoring().additionalWindows().forEach(window -> all.add(minutes(window)));
        return all;
    }

    private MinuteRange range(Instant now, int minutes) {
        return MinuteRange.endingAt(now, Math.max(1, Math.min(minutes, statistics.minutesKept())), statistics.since());
    }

    private static int minutes(Duration window) {
        return (int) window.toMinutes();
    }
}
