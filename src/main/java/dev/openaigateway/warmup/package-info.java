/**
 * Compiles the code that serves requests before the gateway is ready: {@link dev.openaigateway.warmup.WarmUp} starts a second gateway in the process
 * and sends it requests over the loopback address.
 */
package dev.openaigateway.warmup;
