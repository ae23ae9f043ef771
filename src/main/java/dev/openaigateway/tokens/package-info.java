/**
 * The token throttle as a library: counting what a request will cost ({@link dev.openaigateway.tokens.PromptCounter}),
 * reserving it in sliding windows ({@link dev.openaigateway.tokens.TokenLimiter}), and settling what was really used
 * ({@link dev.openaigateway.tokens.Reservation}). Knows nothing of HTTP, of routes or of settings.
 */
package dev.openaigateway.tokens;
