/** Traffic over the loopback address, for a gateway that has to be warm: a client, an upstream, and rounds of requests. Uses no other package. */
package dev.openaigateway.warmup;
