package dev.openaigateway.openai.sse;

import java.nio.charset.StandardCharsets;

/** Writes a text of one or more lines as one server-sent event. */
public final class SseWriter {

    private SseWriter() {
    }

    public static byte[] of(byte[] data) {
        return of(data, false);
    }

    /** @param insideEvent whether an incomplete event was sent before and has to be closed first */
    public static byte[] of(byte[] data, boolean insideEvent) {
        StringBuilder event = new StringBuilder(insideEvent ? "\n\n" : "");
        new String(data, StandardCharsets.UTF_8).lines().forEach(line -> event.append("data: ").append(line).append('\n'));
        return event.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
