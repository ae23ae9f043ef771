package dev.openaigateway.config;

/**
 * The limit over all instances, and the store of the windows.
 *
 * @param enabled          false disables all limits of tokens and requests per minute
 * @param tpm              tokens per minute over all clients and instances; 0: no limit
 * @param redisUrl         the Redis on which gateways share their windows; blank: windows are kept in memory
 * @param onRedisFailure   what is admitted while Redis is unavailable
 * @param defaultMaxTokens tokens reserved for the response of a request without a maximum
 */
public record RateLimitSettings(
        boolean enabled, long tpm, Secret redisUrl, OnRedisFailure onRedisFailure, int defaultMaxTokens) {
}
