package dev.openaigateway.ratelimit;

/**
 * One reply of {@code window.lua} to a reserve.
 *
 * @param sequence position among all script runs on the first window
 * @param now      time of the decision, in milliseconds since 1970
 */
record RedisReply(Decision decision, long sequence, long now) {
}
