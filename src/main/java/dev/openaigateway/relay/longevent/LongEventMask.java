package dev.openaigateway.relay.longevent;

import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.openai.sse.SseLine;
import dev.openaigateway.text.ChangedPiece;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Masks secrets in an event that is too long to be held, while its bytes pass: in what its JSON says of errors and in the lines around it, but not in
 * generated content; in all of it if it has no JSON object. Holds back less than 100 KB. Not thread-safe.
 */
final class LongEventMask {

    /** In bytes. Half of a piece of text is read twice. */
    private static final int PIECE = 32 * 1024;

    private final ErrorRewriter json;
    private final UnaryOperator<byte[]> mask;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);
    private boolean begun;
    private boolean object;

    /**
     * @param json changes an event that has a JSON object
     * @param mask masks secrets in a piece of another one, and returns the same array if there are none
     */
    LongEventMask(ErrorRewriter json, UnaryOperator<byte[]> mask) {
        this.json = json;
        this.mask = mask;
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
        for (int at = first; at < to;) {
            int length = Math.min(to - at, PIECE - held.size());
            byte[] piece = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            if (object) {
                passed.accept(json.pass(piece, length));
            } else {
                held.writeBytes(piece);
                passFull(passed);
            }
        }
    }

    /** The event is over; {@code passed} gets what is still held back. */
    void end(Consumer<byte[]> passed) {
        byte[] rest = mask.apply(held.toByteArray());
        held.reset();
        passed.accept(rest);
        passed.accept(json.rest());
    }

    private void passFull(Consumer<byte[]> passed) {
        if (held.size() == PIECE) {
            ChangedPiece piece = ChangedPiece.of(held.toByteArray(), mask);
            held.reset();
            held.writeBytes(piece.rest());
            passed.accept(piece.changed());
        }
    }
}
