package dev.openaigateway.openai.response;

import dev.openaigateway.openai.sse.SseWriter;
import dev.openaigateway.text.ChangedPiece;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The names of the events that end a response. Some routers have names of their own, at which SDKs fail, in place of one for each status. */
final class LastEventName {

    static final String COMPLETED = "response.completed";
    /** One name for every status. */
    static final String DONE = "response.done";
    static final String CANCELLED = "response.cancelled";

    private LastEventName() {
    }

    /**
     * Whether SDKs know no event of this type.
     *
     * @param type may be null
     */
    static boolean isForeign(String type) {
        return DONE.equals(type) || CANCELLED.equals(type);
    }

    /**
     * The type that SDKs know.
     *
     * @param foreign the type that the upstream sent
     * @param status  of the response; null if it has none
     * @param failed  whether the response has an error
     */
    static String of(String foreign, String status, boolean failed) {
        if (foreign.equals(CANCELLED)) {
            return StreamEvent.INCOMPLETE;
        }
        return switch (status == null ? "" : status) {
            case "failed" -> StreamEvent.RESPONSE_FAILED;
            case "incomplete", "cancelled" -> StreamEvent.INCOMPLETE;
            case "" -> failed ? StreamEvent.RESPONSE_FAILED : COMPLETED;
            default -> COMPLETED;
        };
    }

    /**
     * The event under another type, with all else as it was.
     *
     * @param json is not changed
     * @param at   index of the quote before the old type; less than 0 if the data has none
     */
    static byte[] renamed(byte[] json, int at, String type) {
        ByteArrayOutputStream named = new ByteArrayOutputStream(json.length + type.length());
        int from = at + 1;
        int to = from;
        while (at >= 0 && json[to] != '"') {
            to++;
        }
        named.write(json, 0, from);
        named.writeBytes(at < 0 ? new byte[0] : type.getBytes(StandardCharsets.US_ASCII));
        named.write(json, to, json.length - to);
        return ChangedPiece.joined(("event: " + type + '\n').getBytes(StandardCharsets.US_ASCII), SseWriter.of(named.toByteArray()));
    }
}
