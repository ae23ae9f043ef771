package dev.openaigateway.throttle;

import dev.openaigateway.ratelimit.LimitScope;

/**
 * How much of one limit of an instance is in use.
 *
 * @param model the model that it limits; null for all of the instance
 * @param unit  counted per minute
 * @param used  of the last minute
 */
public record LimitUse(String model, LimitScope.Unit unit, long used, long limit) {
}
