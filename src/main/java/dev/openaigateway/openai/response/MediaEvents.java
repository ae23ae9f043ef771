package dev.openaigateway.openai.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The events of a stream that has the same content as a body that is no JSON. */
public final class MediaEvents {

    /** The bytes of sound in one event; a multiple of 3, so that only the last piece is padded in Base64. */
    private static final int SOUND = 48 * 1024;

    private MediaEvents() {
    }

    /** @param text a transcript in any form, such as subtitles, in UTF-8 */
    public static byte[] ofTranscript(byte[] text) {
        JsonAsStream stream = new JsonAsStream();
        new MediaAsStream(stream, JsonAsStream.object().put("text", new String(text, StandardCharsets.UTF_8))).writeTranscript();
        return stream.bytes();
    }

    /** @param sound in any format, also without samples */
    public static byte[] ofSpeech(byte[] sound) {
        JsonAsStream stream = new JsonAsStream();
        for (int at = 0; at < sound.length; at += SOUND) {
            byte[] piece = Arrays.copyOfRange(sound, at, Math.min(at + SOUND, sound.length));
            stream.typed(JsonAsStream.object().put("type", "speech.audio.delta").put("audio", Base64.getEncoder().encodeToString(piece)));
        }
        stream.typed(JsonAsStream.object().put("type", "speech.audio.done"));
        return stream.bytes();
    }
}
