package dev.openaigateway.openai.sse;

import java.io.ByteArrayOutputStream;
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

    /**
     * An event with other data in the place of its own. Its other lines stay.
     *
     * @param event has lines of data
     */
    public static byte[] withData(byte[] event, byte[] data) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(event.length);
        boolean written = false;
        for (int line = 0; line < event.length;) {
            int end = SseLine.lineEnd(event, line, event.length);
            int next = SseLine.nextLine(event, end);
            if (!SseLine.isData(event, line, end)) {
                changed.write(event, line, next - line);
            } else if (!written) {
                new String(data, StandardCharsets.UTF_8).lines().forEach(text -> {
                    changed.writeBytes(("data: " + text).getBytes(StandardCharsets.UTF_8));
                    changed.write(event, end, next - end);
                });
                written = true;
            }
            line = next;
        }
        return changed.toByteArray();
    }
}
