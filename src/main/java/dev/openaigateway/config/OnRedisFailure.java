package dev.openaigateway.config;

/**
 * What is admitted while Redis is unavailable. L is a limit and k the number of gateways.
 *
 * <p>A gateway that starts while Redis is unavailable knows no other gateway and uses the whole limit as its share.
 */
public enum OnRedisFailure {
    /**
     * Each gateway admits its share L / k. In any 60 seconds at most L, plus L / k for each gateway that alone lost Redis. If
     * all gateways lose Redis: less than 2 L in the 60 seconds that include the loss, at most L in all others.
     */
    LOCAL,
    /** Nothing is admitted. At most L in any 60 seconds. */
    CLOSED,
    /** Everything is admitted, unlimited and uncounted. */
    OPEN
}
