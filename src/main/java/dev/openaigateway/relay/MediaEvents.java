package dev.openaigateway.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.form.JsonAsStream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The events of a stream that has the same content as a body that is no JSON. */
final class MediaEvents {

    /** The bytes of sound in one event; a multiple of 3, so that only the last piece is padded in Base64. */
    private static final int SOUND = 48 * 1024;

    private MediaEvents() {
    }

    /** @param text a transcript in any form, such as subtitles, in UTF-8 */
    static byte[] ofTranscript(byte[] text) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("text", new String(text, StandardCharsets.UTF_8));
        return JsonAsStream.of(Operation.TRANSCRIPTIONS, json.toString().getBytes(StandardCharsets.UTF_8), false).orElseThrow();
    }

    /** @param sound in any format, also without samples */
    static byte[] ofSpeech(byte[] sound) {
        StringBuilder events = new StringBuilder();
        for (int at = 0; at < sound.length; at += SOUND) {
            byte[] piece = Arrays.copyOfRange(sound, at, Math.min(at + SOUND, sound.length));
            append(events, "speech.audio.delta", Base64.getEncoder().encodeToString(piece));
        }
        append(events, "speech.audio.done", null);
        return events.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param audio in Base64; null for none */
    private static void append(StringBuilder events, String type, String audio) {
        ObjectNode event = Json.MAPPER.createObjectNode().put("type", type);
        events.append("event: ").append(type).append("\ndata: ").append(audio == null ? event : event.put("audio", audio)).append("\n\n");
    }
}
