package dev.openaigateway.stats;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts completed requests per minute, in total and by instance, model and client. Memory is bounded; recording takes
 * about a microsecond. {@link StatsReport} reads it. Thread-safe.
 */
public final class Statistics {

    private static final int AN_HOUR = 60;

    private final CountedModels models;
    private final InstantSource clock;
    private final Instant started;
    private volatile Instant since;
    private volatile int minutes;
    private final Series total;
    private final RecentTraffic recent;
    private final Map<Dimension, SeriesByName> named = new EnumMap<>(Dimension.class);

    /** @param longestWindow the time to keep; one hour if shorter */
    public Statistics(Duration longestWindow, CountedModels models, InstantSource clock) {
        this.models = models;
        this.clock = clock;
        started = clock.instant();
        since = started;
        minutes = (int) Math.max(AN_HOUR, longestWindow.toMinutes());
        total = new Series(minutes);
        recent = new RecentTraffic(clock);
        for (Dimension dimension : Dimension.values()) {
            named.put(dimension, new SeriesByName(minutes));
        }
    }

    /** Extends the time that is kept, if the window is longer. The additional minutes are empty at first. */
    public synchronized void keep(Duration window) {
        int newMinutes = (int) window.toMinutes();
        if (newMinutes > minutes) {
            long first = Series.minute(clock.instant()) - minutes + 1;
            total.keep(newMinutes, first);
            named.values().forEach(series -> series.keep(newMinutes, first));
            Instant oldest = Instant.ofEpochSecond(first * 60);
            since = since.isBefore(oldest) ? oldest : since;
            minutes = newMinutes;
        }
    }

    /** Counts a completed request in the minute in which it completed. */
    public void record(UsageRecord usage) {
        models.learn(usage);
        total.add(usage);
        recent.add(usage);
        named.forEach((dimension, series) -> {
            String name = dimension.nameIn(usage, models);
            if (name != null) {
                series.of(name, usage.time()).add(usage);
            }
        });
    }

    /**
     * Counts a failed call to an instance, even if another instance then served the request.
     *
     * @param model  as the client sent it; null if there is none
     * @param client null if it is unknown
     * @param kind   one word, such as {@code timeout}
     */
    public void failedAttempt(String instance, String model, String client, String kind) {
        Instant now = clock.instant();
        total.addFailedAttempt(now, kind);
        recent.addFailedAttempt(now, kind);
        named.get(Dimension.INSTANCE).of(instance, now).addFailedAttempt(now, kind);
        named.get(Dimension.MODEL).of(models.nameFor(model), now).addFailedAttempt(now, kind);
        if (client != null) {
            named.get(Dimension.CLIENT).of(client, now).addFailedAttempt(now, kind);
        }
    }

    /** When a request to the instance last completed; empty if none did, or if none did in the time that is kept and there are over 500 instances. */
    public Optional<Instant> lastUsed(String instance) {
        return series(Dimension.INSTANCE, instance).map(Series::lastUsed).filter(time -> time.isAfter(Instant.EPOCH));
    }

    /** All requests of the last minutes, in short intervals. */
    public RecentTraffic recent() {
        return recent;
    }

    Instant started() {
        return started;
    }

    /** The beginning of the counts; nothing is known from earlier. */
    Instant since() {
        return since;
    }

    int minutesKept() {
        return minutes;
    }

    Series total() {
        return total;
    }

    Map<String, Series> byName(Dimension dimension) {
        return named.get(dimension).byName();
    }

    Optional<Series> series(Dimension dimension, String name) {
        return named.get(dimension).find(name);
    }
}
