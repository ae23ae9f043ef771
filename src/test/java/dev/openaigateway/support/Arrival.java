package dev.openaigateway.support;

/**
 * One read from the network.
 *
 * @param nanos {@link System#nanoTime()} when the read returned
 * @param bytes the number of bytes read
 */
public record Arrival(long nanos, int bytes) {
}
