package dev.openaigateway.upstream;

import dev.openaigateway.text.MaskedInput;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.function.UnaryOperator;

/** A text that no model has generated, such as the error of a proxy in place of sound. */
public final class TextBody {

    private TextBody() {
    }

    /** Whether a body may be a text. Sound under a wrong type has other bytes at its beginning. */
    public static boolean mayBe(byte[] piece, int length) {
        for (int at = 0; at < length; at++) {
            if (piece[at] >= 0 && piece[at] < ' ' && piece[at] != '\n' && piece[at] != '\r' && piece[at] != '\t') {
                return false;
            }
        }
        return length > 0;
    }

    /**
     * The whole text, masked while it is read.
     *
     * @param piece its first bytes
     * @param mask  masks secrets in a piece of it
     */
    public static InputStream masked(byte[] piece, int length, InputStream rest, UnaryOperator<byte[]> mask) {
        return new MaskedInput(new SequenceInputStream(new ByteArrayInputStream(piece.clone(), 0, length), rest), mask);
    }
}
