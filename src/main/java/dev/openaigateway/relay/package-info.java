/**
 * Sends an upstream's response to the client, buffered or as a stream of server-sent events, and reads its usage on the
 * way. Depends on {@code provider}, {@code upstream}, {@code routing}, {@code call} and {@code openai}.
 */
package dev.openaigateway.relay;
