package dev.openaigateway.throttle;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.openaigateway.ratelimit.LimitScope;

/**
 * One limit and how much of it is in use.
 *
 * @param used        of the last minute
 * @param waitSeconds the wait that a request would get now, 0 for none; null if it never fits
 */
public record LimitState(@JsonUnwrapped LimitScope scope, long used, long limit, Double waitSeconds) {

    /** The share in use; above 1 after more was used than reserved. */
    public double share() {
        return used / (double) limit;
    }
}
