package dev.openaigateway.config;

/**
 * What is admitted while Redis does not answer. L is a limit and k the number of gateways.
 *
 * <p>A gateway that starts while Redis is away knows of no other and takes the whole limit for its share.
 */
public enum OnRedisFailure {
    /**
     * Its share L / k by each gateway. In any 60 seconds L, and L / k for each gateway that alone lost Redis; when all lose
     * it, less than 2 L in the 60 seconds that hold the loss, L in all others.
     */
    LOCAL,
    /** Nothing: L in any 60 seconds. */
    CLOSED,
    /** Everything, unlimited and uncounted. */
    OPEN
}
