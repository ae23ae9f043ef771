package dev.openaigateway.support;

import java.nio.charset.StandardCharsets;

/**
 * A response as it came.
 *
 * @param body      what came of it, decoded from chunks but not from gzip
 * @param complete  false when the connection ended before the framing said so
 * @param headNanos {@link System#nanoTime()} when the last byte of the head had come
 */
public record RawResponse(int status, Headers headers, byte[] body, boolean complete, long headNanos) {

    /** The first value of that header, or null. */
    public String header(String name) {
        return headers.first(name);
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
