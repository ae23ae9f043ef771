package dev.openaigateway.bench;

import org.HdrHistogram.Histogram;

/** What came of a number of streams. Written by the load's event loop; to be read after the run. */
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
            throw new BrokenRunException("no stream of " + target + " was completed" + (failures > 0 ? ": " + failure : ""));
        }
        return this;
    }

    /** Lateness at that percentile, in milliseconds. */
    synchronized double lateness(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
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

    /** The first failure, for the reader of the table; empty without one. */
    synchronized String firstFailure() {
        return failure;
    }
}
