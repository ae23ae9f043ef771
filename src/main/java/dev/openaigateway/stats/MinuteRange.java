package dev.openaigateway.stats;

import java.time.Instant;

/**
 * The minutes of a window: the current one and the full ones before it.
 *
 * @param first   first minute since 1970
 * @param last    last minute since 1970, included
 * @param seconds time that the window covers up to now, not counting time before {@code since}; at least 1
 */
record MinuteRange(int minutes, long first, long last, long seconds) {

    static MinuteRange endingAt(Instant now, int minutes, Instant since) {
        long last = Series.minute(now);
        long first = last - minutes + 1;
        long from = Math.max(first * 60, since.getEpochSecond());
        return new MinuteRange(minutes, first, last, Math.max(1, now.getEpochSecond() - from));
    }

    Summary of(Series series) {
        return Summary.of(series.read(first, last), seconds);
    }
}
