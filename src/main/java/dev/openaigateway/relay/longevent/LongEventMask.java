package dev.openaigateway.relay.longevent;

import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.openai.sse.SseLine;
import dev.openaigateway.text.MaskedPieces;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Masks secrets in an event that is too long to be held, while its bytes pass: in what its JSON says of errors and in the lines around it, but not in
 * generated content; in all of it if it has no JSON object. Holds back less than 100 KB. Not thread-safe.
 */
final class LongEventMask {

    /** In bytes, of JSON. */
    private static final int PIECE = 32 * 1024;

    private final ErrorRewriter json;
    private final UnaryOperator<byte[]> mask;
    private final MaskedPieces text;
    private boolean begun;
    private boolean object;

    /**
     * @param json changes an event that has a JSON object
     * @param mask masks secrets in a piece of another one, and returns the same array if there are none
     */
    LongEventMask(ErrorRewriter json, UnaryOperator<byte[]> mask) {
        this.json = json;
        this.mask = mask;
        this.text = new MaskedPieces(mask);
    }

    /** Takes the next bytes; {@code passed} gets what can be passed on. The first bytes show the kind of the event, and have the lines before its data. */
    void pass(byte[] bytes, int from, int to, Consumer<byte[]> passed) {
        int first = from;
        if (!begun) {
            int brace = SseLine.object(bytes, from, to);
            object = brace >= 0;
            first = Math.max(from, brace);
            passed.accept(mask.apply(Arrays.copyOfRange(bytes, from, first)));
            begun = true;
        }
        if (!object) {
            text.pass(bytes, first, to, passed);
            return;
        }
        for (int at = first; at < to; at += PIECE) {
            byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(to, at + PIECE));
            passed.accept(json.pass(piece, piece.length));
        }
    }

    /** The event is over; {@code passed} gets what is still held back. */
    void end(Consumer<byte[]> passed) {
        passed.accept(text.rest());
        passed.accept(json.rest());
    }
}
