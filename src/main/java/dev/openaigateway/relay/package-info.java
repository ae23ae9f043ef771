/**
 * Sends an upstream's response to the client, buffered or as a stream of server-sent events, and reads its usage on the
 * way.
 */
package dev.openaigateway.relay;
