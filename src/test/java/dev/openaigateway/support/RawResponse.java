package dev.openaigateway.support;

import java.nio.charset.StandardCharsets;

/**
 * A response as received.
 *
 * @param body      the bytes received, decoded from chunks but not from gzip
 * @param complete  false if the connection ended before the end that the framing announced
 * @param headNanos {@link System#nanoTime()} when the last byte of the head had arrived
 */
public record RawResponse(int status, Headers headers, byte[] body, boolean complete, long headNanos) {

    /** The first value of the header, or null. */
    public String header(String name) {
        return headers.first(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
