package dev.openaigateway.relay;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.response.LongEvent;

import java.nio.charset.StandardCharsets;

/** Counts the text of an event that is too long to be held, by its raw bytes. */
final class LongText {

    private LongText() {
    }

    /** @param counter null if nothing counts the response */
    static void count(LongEvent event, CompletionCounter counter, byte[] bytes, int start, int end) {
        if (counter != null && isPiece(event.event().type())) {
            counter.add(new String(bytes, start, end - start, StandardCharsets.UTF_8));
        }
    }

    /** Events of another type, such as an image or a whole response, have no text, or repeat it. Those of a chat have no type. */
    private static boolean isPiece(String type) {
        return type == null || type.endsWith(".delta");
    }
}
