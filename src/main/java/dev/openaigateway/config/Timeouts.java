package dev.openaigateway.config;

import java.time.Duration;

/**
 * How long a request to an upstream may be silent. Any byte of the response restarts the time, so blank lines, comments and
 * pings keep a request alive.
 *
 * @param connect    time to establish a connection, TLS included
 * @param firstToken maximum silence before the first content of a stream, or within a response that is held whole
 * @param idle       maximum silence after the first content
 */
public record Timeouts(Duration connect, Duration firstToken, Duration idle) {

    /** The default of the official client libraries, after which they close the connection. */
    public static final Duration OF_CLIENT_LIBRARIES = Duration.ofSeconds(600);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    public static final Timeouts DEFAULT = new Timeouts(CONNECT, OF_CLIENT_LIBRARIES, OF_CLIENT_LIBRARIES);

    /** Gives the first content and the time between bytes the same limit; a connection gets at most 5 seconds of it. */
    public static Timeouts of(Duration both) {
        return new Timeouts(CONNECT.compareTo(both) < 0 ? CONNECT : both, both, both);
    }
}
