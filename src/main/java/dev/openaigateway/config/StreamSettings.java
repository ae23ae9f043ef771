package dev.openaigateway.config;

import java.time.Duration;

/**
 * @param keepAlive how long a stream may be silent before its first content until a comment is sent; zero sends none
 * @param drain     how long running requests may go on after the gateway was told to stop
 */
public record StreamSettings(Duration keepAlive, Duration drain) {
}
