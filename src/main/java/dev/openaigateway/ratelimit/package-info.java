/**
 * The rate limiter as a library: {@link dev.openaigateway.ratelimit.TokenLimiter} reserves tokens and requests in sliding
 * windows of 60 seconds, in memory or on Redis, and a {@link dev.openaigateway.ratelimit.Reservation} settles what was
 * used. Knows nothing of HTTP, of routes or of models.
 */
package dev.openaigateway.ratelimit;
