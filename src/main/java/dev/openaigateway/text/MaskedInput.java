package dev.openaigateway.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A text with its secrets masked while it is read. Not thread-safe. */
public final class MaskedInput extends PieceInput {

    private final InputStream text;
    private final MaskedPieces pieces;
    private final byte[] read = new byte[8 * 1024];
    private boolean over;

    /** @param mask masks secrets in a piece, and returns the same array if there are none */
    public MaskedInput(InputStream text, UnaryOperator<byte[]> mask) {
        this.text = text;
        this.pieces = new MaskedPieces(mask);
    }

    @Override
    byte[] next() throws IOException {
        if (over) {
            return null;
        }
        int length = text.read(read);
        over = length < 0;
        if (over) {
            return pieces.rest();
        }
        ByteArrayOutputStream shown = new ByteArrayOutputStream(0);
        pieces.pass(read, 0, length, shown::writeBytes);
        return shown.toByteArray();
    }
}
