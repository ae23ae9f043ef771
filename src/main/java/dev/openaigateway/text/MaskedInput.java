package dev.openaigateway.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/** A text with its secrets masked while it is read. Not thread-safe. */
public final class MaskedInput extends InputStream {

    private static final int READ = 8 * 1024;

    private final InputStream text;
    private final MaskedPieces pieces;
    private final ByteArrayOutputStream next = new ByteArrayOutputStream(0);
    private byte[] shown = new byte[0];
    private int at;
    private boolean over;

    /** @param mask masks secrets in a piece, and returns the same array if there are none */
    public MaskedInput(InputStream text, UnaryOperator<byte[]> mask) {
        this.text = text;
        this.pieces = new MaskedPieces(mask);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        while (at == shown.length && !over) {
            fill();
        }
        int read = Math.min(length, shown.length - at);
        System.arraycopy(shown, at, target, from, read);
        at += read;
        return read == 0 && length > 0 ? -1 : read;
    }

    private void fill() throws IOException {
        byte[] piece = new byte[READ];
        int read = text.read(piece);
        over = read < 0;
        if (over) {
            next.writeBytes(pieces.rest());
        } else {
            pieces.pass(piece, 0, read, next::writeBytes);
        }
        shown = next.toByteArray();
        next.reset();
        at = 0;
    }
}
