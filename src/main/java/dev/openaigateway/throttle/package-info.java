/**
 * The {@code admit} and {@code throttle} steps: they reserve the tokens and requests of a call against the limits of its
 * client, of the gateway and of the instance, and settle the reservations when the call is complete. Depends on
 * {@code ratelimit} and {@code tokenizer} for the work.
 */
package dev.openaigateway.throttle;
