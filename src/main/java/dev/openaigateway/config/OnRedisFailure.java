package dev.openaigateway.config;

/**
 * What is admitted while Redis is unavailable. L is a limit and k the number of gateways.
 *
 * <p>A gateway that starts while Redis is unavailable knows no other gateway and uses the whole limit as its share.
 */
public enum OnRedisFailure {
    /**
     * Each gateway admits one k-th of what the shared window had left when it last looked. In any 60 seconds at most L, plus
     * L / k for each gateway that is alone while others reach Redis. If all lose Redis: at most L, plus what was admitted since
     * the last look, about a second before.
     */
    LOCAL,
    /** Nothing is admitted. At most L in any 60 seconds. */
    CLOSED,
    /** Everything is admitted, unlimited and uncounted. */
    OPEN
}
