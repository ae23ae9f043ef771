/**
 * A Redis as the gateway uses it: {@link dev.openaigateway.redis.Redis} runs scripts, and waits for their replies for a bounded
 * time in which this process ran. Knows nothing of limits.
 */
package dev.openaigateway.redis;
