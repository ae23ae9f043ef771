package dev.openaigateway.config;

import java.time.Duration;

/**
 * @param keepAlive silence in a stream after which a comment is sent; zero: none is sent
 * @param drain     maximum time for which running requests continue after a shutdown began
 */
public record StreamSettings(Duration keepAlive, Duration drain) {
}
