package dev.openaigateway.openai.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.Operation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/** The events of a stream that has the same content as a body that is no JSON. */
public final class MediaEvents {

    /** The bytes of sound in one event; a multiple of 3, so that only the last piece is padded in Base64. */
    private static final int SOUND = 48 * 1024;

    private MediaEvents() {
    }

    /** @param text a transcript in any form, such as subtitles, in UTF-8 */
    public static JsonAsStream ofTranscript(byte[] text) {
        ObjectNode json = Json.MAPPER.createObjectNode().put("text", new String(text, StandardCharsets.UTF_8));
        return JsonAsStream.of(Operation.TRANSCRIPTIONS, json.toString().getBytes(StandardCharsets.UTF_8), false).orElseThrow();
    }

    /**
     * Gives each event to {@code events}.
     *
     * @param sound in any format, also without samples
     */
    public static void writeSpeech(byte[] sound, Consumer<byte[]> events) {
        for (int at = 0; at < sound.length; at += SOUND) {
            byte[] piece = Arrays.copyOfRange(sound, at, Math.min(at + SOUND, sound.length));
            events.accept(event("speech.audio.delta", Base64.getEncoder().encodeToString(piece)));
        }
        events.accept(event("speech.audio.done", null));
    }

    /** @param audio in Base64; null for none */
    private static byte[] event(String type, String audio) {
        ObjectNode event = Json.MAPPER.createObjectNode().put("type", type);
        return ("event: " + type + "\ndata: " + (audio == null ? event : event.put("audio", audio)) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
