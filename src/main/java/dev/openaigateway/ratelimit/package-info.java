/**
 * The rate limiter as a library: {@link dev.openaigateway.ratelimit.TokenLimiter} reserves tokens and requests in sliding
 * windows of 60 seconds, in memory or on Redis; a {@link dev.openaigateway.ratelimit.Reservation} is settled with the actual
 * usage. Independent of HTTP, routes and models.
 */
package dev.openaigateway.ratelimit;
