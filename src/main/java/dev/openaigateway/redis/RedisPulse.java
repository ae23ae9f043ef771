package dev.openaigateway.redis;

/**
 * What Redis replies to the heartbeat of a gateway.
 *
 * @param gateways number of gateways seen recently, including this one
 * @param now      the time by the clock used for charges, in milliseconds since 1970
 * @param fresh    whether Redis did not know this gateway before
 */
public record RedisPulse(int gateways, long now, boolean fresh) {
}
