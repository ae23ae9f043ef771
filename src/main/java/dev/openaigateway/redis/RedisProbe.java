package dev.openaigateway.redis;

import java.util.concurrent.CompletionStage;

/** Looks at Redis for its breaker. Thread-safe. */
public interface RedisProbe {

    /** Reports a gateway as running and reads the number of running gateways. */
    CompletionStage<RedisPulse> beat(String gateway, long forgottenAfterMillis);

    /**
     * Waits for a reply for at most one timeout.
     *
     * @throws RedisUnavailableException if it failed or did not come
     */
    <T> T await(CompletionStage<T> reply);

    /** Why Redis is unavailable, for an alert. May ask Redis, for a tenth of a second at most. */
    default String reason(RedisUnavailableException failure) {
        return failure.getMessage();
    }

    /** As {@link #await}, for at most half a second if that is longer than one timeout. */
    <T> T awaitLonger(CompletionStage<T> reply);
}
