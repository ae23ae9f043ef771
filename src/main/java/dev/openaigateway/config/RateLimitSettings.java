package dev.openaigateway.config;

import java.time.Duration;

/**
 * The limit over all instances, and the store of the windows.
 *
 * @param enabled          false disables all limits of tokens and requests per minute
 * @param tpm              tokens per minute over all clients and instances; 0: no limit
 * @param redisUrl         the Redis on which gateways share their windows; blank: windows are kept in memory
 * @param redisTimeout     the longest wait for one reply of Redis, 10 ms to 5 s; after it, a second look decides whether Redis is
 *                         unavailable
 * @param onRedisFailure   what is admitted while Redis is unavailable
 * @param defaultMaxTokens tokens reserved for the response of a request without a maximum
 */
public record RateLimitSettings(
        boolean enabled, long tpm, Secret redisUrl, Duration redisTimeout, OnRedisFailure onRedisFailure, int defaultMaxTokens) {
}
