package dev.openaigateway.support;

/** One read from the network: when it returned, in {@link System#nanoTime()}, and how many bytes it gave. */
public record Arrival(long nanos, int bytes) {
}
