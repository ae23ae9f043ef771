package dev.openaigateway.throttle;

import dev.openaigateway.ratelimit.LimitScope;

/**
 * One limit of the settings.
 *
 * @param perMinute at least 1
 */
record Limit(LimitScope scope, long perMinute) {

    /** Names its window. */
    String key() {
        return scope.key();
    }

    boolean ofRequests() {
        return scope.unit() == LimitScope.Unit.REQUESTS;
    }
}
