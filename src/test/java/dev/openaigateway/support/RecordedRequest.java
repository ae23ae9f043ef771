package dev.openaigateway.support;

import java.nio.charset.StandardCharsets;

/**
 * A request as received.
 *
 * @param connection   the number of its connection, counted from 1 in order of acceptance
 * @param arrivedNanos {@link System#nanoTime()} when its last byte was read
 */
public record RecordedRequest(long connection, String method, String target, String version,
                              Headers headers, byte[] body, long arrivedNanos) {

    /** The first value of the header, or null. */
    public String header(String name) {
        return headers.first(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The target without its query. */
    public String path() {
        return target.split("\\?", 2)[0];
    }

    boolean lastOnConnection() {
        return headers.says("connection", "close") || version.equals("HTTP/1.0");
    }
}
