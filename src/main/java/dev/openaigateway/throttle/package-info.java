/**
 * The {@code admit} and {@code throttle} steps: they reserve the tokens and requests of a call against the limits of its
 * client, of the gateway and of the instance, and settle the reservations when the call is complete. The packages
 * {@code ratelimit} and {@code tokenizer.prompt} do the work.
 */
package dev.openaigateway.throttle;
