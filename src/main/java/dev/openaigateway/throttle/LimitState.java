package dev.openaigateway.throttle;

/**
 * One limit and how much of it is in use.
 *
 * @param kind        {@code gateway}, {@code client}, {@code instance} or {@code model}
 * @param name        of the client or the instance; {@code gateway} for that of all
 * @param model       the model at the instance that it limits; null for all
 * @param unit        {@code tokens} or {@code requests}, each per minute
 * @param used        of the last minute
 * @param waitSeconds the wait that a request would get now, 0 for none; null if it never fits
 */
public record LimitState(String kind, String name, String model, String unit, long used, long limit, Double waitSeconds) {

    /** The share in use; above 1 after more was used than reserved. */
    public double share() {
        return used / (double) limit;
    }
}
