package dev.openaigateway.throttle;

/**
 * How much of one limit of an instance is in use.
 *
 * @param model the model that it limits; null for all of the instance
 * @param unit  {@code tokens} or {@code requests}, each per minute
 * @param used  of the last minute
 */
public record LimitUse(String model, String unit, long used, long limit) {
}
