package dev.openaigateway.config;

/**
 * The limits over all instances, and where their windows are kept.
 *
 * @param enabled          false switches every token limit off
 * @param tpm              tokens per minute over all clients and instances; 0 is no limit
 * @param redisUrl         where gateways share their windows; empty keeps them in memory
 * @param onRedisFailure   what is admitted while Redis does not answer
 * @param defaultMaxTokens what a request that names no maximum reserves for its answer
 */
public record RateLimitSettings(
        boolean enabled, long tpm, Secret redisUrl, OnRedisFailure onRedisFailure, int defaultMaxTokens) {
}
