package dev.openaigateway.text;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Masks secrets in a text of any length while its bytes pass. Holds back at most 32 KB. Not thread-safe. */
public final class MaskedPieces {

    /** In bytes. Half of a piece is read twice. */
    private static final int PIECE = 2 * MaskedBeginning.OVERLAP;

    private final UnaryOperator<byte[]> mask;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(0);

    /** @param mask masks secrets in a piece, and returns the same array if there are none */
    public MaskedPieces(UnaryOperator<byte[]> mask) {
        this.mask = mask;
    }

    /** Takes the next bytes; {@code passed} gets what can be passed on. */
    public void pass(byte[] bytes, int from, int to, Consumer<byte[]> passed) {
        for (int at = from; at < to;) {
            int length = Math.min(to - at, PIECE - held.size());
            held.write(bytes, at, length);
            at += length;
            if (held.size() == PIECE) {
                ChangedPiece piece = ChangedPiece.of(held.toByteArray(), mask);
                held.reset();
                held.writeBytes(piece.rest());
                passed.accept(piece.changed());
            }
        }
    }

    /** What is still held back, at the end of the text. */
    public byte[] rest() {
        byte[] rest = held.toByteArray();
        held.reset();
        return mask.apply(rest);
    }
}
