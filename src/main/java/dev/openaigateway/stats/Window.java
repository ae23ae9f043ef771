package dev.openaigateway.stats;

import java.time.Instant;

/**
 * The running minute and the full ones before it that make up a window.
 *
 * @param first   minute of the epoch
 * @param last    minute of the epoch, included
 * @param seconds what the window covers up to now, less what lies before anything was counted; at least 1
 */
record Window(int minutes, long first, long last, long seconds) {

    static Window endingAt(Instant now, int minutes, Instant since) {
        long last = Series.minute(now);
        long first = last - minutes + 1;
        long from = Math.max(first * 60, since.getEpochSecond());
        return new Window(minutes, first, last, Math.max(1, now.getEpochSecond() - from));
    }

    Summary of(Series series) {
        return Summary.of(series.read(first, last), seconds);
    }
}
