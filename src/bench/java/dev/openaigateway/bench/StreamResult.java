package dev.openaigateway.bench;

import org.HdrHistogram.Histogram;

/** The outcome of a number of streams. Written by the load's event loop, read after the run. Thread-safe. */
final class StreamResult {

    private final String target;
    private final int streams;
    private final int eventsEach;
    private final Histogram micros = new Histogram(60_000_000L, 3);
    private int completed;
    private int failures;
    private long unfinished;
    private String failure = "";

    StreamResult(String target, int streams, int eventsEach) {
        this.target = target;
        this.streams = streams;
        this.eventsEach = eventsEach;
    }

    synchronized void event(long lateMicros) {
        micros.recordValue(Math.max(0, Math.min(lateMicros, micros.getHighestTrackableValue())));
    }

    synchronized void completed() {
        completed++;
    }

    synchronized void failed(String why) {
        failure = failures++ == 0 ? why : failure;
    }

    synchronized StreamResult ended(long stillRunning) {
        unfinished = stillRunning;
        if (completed == 0) {
            throw new BrokenRunException("no stream from " + target + " completed" + (failures > 0 ? ": " + failure : ""));
        }
        return this;
    }

    /** Lateness at the percentile, in milliseconds. */
    synchronized double lateness(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    synchronized long events() {
        return micros.getTotalCount();
    }

    synchronized int completedStreams() {
        return completed;
    }

    synchronized long lostEvents() {
        return (long) streams * eventsEach - micros.getTotalCount();
    }

    synchronized boolean whole() {
        return completed == streams && lostEvents() == 0 && unfinished == 0;
    }

    /** The first failure; empty if there was none. */
    synchronized String firstFailure() {
        return failure;
    }
}
