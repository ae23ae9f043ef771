package dev.openaigateway.text;

import java.io.IOException;
import java.io.InputStream;

/** A text that is made piece by piece while it is read. Not thread-safe. */
abstract class PieceInput extends InputStream {

    private byte[] piece = new byte[0];
    private int at;

    /** The next piece, which may be empty; null at the end. */
    abstract byte[] next() throws IOException;

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        while (piece != null && at == piece.length && length > 0) {
            piece = next();
            at = 0;
        }
        if (piece == null) {
            return -1;
        }
        int read = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, target, from, read);
        at += read;
        return read;
    }
}
