package dev.openaigateway.support;

/**
 * A request whose peer disconnected before the whole response was written.
 *
 * @param atNanos {@link System#nanoTime()} when this side noticed
 */
public record Abort(RecordedRequest request, long atNanos) {
}
