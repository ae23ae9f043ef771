package dev.openaigateway.support;

/**
 * A peer that went away before it had its whole answer.
 *
 * @param atNanos {@link System#nanoTime()} when this side noticed
 */
public record Abort(RecordedRequest request, long atNanos) {
}
