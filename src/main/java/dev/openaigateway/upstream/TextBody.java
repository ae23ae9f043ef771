package dev.openaigateway.upstream;

import dev.openaigateway.call.memory.BufferedBody;
import dev.openaigateway.call.memory.CallMemory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.function.UnaryOperator;

/** A text that no model has generated, such as the error of a proxy in place of sound. */
public final class TextBody {

    /** In bytes. A longer one is passed as it is. */
    private static final int LARGEST_HELD = 1024 * 1024;

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
     * The whole text.
     *
     * @param piece its first bytes
     * @param mask  masks secrets in a text that is not too long
     */
    public static InputStream masked(byte[] piece, int length, InputStream rest, CallMemory memory, UnaryOperator<byte[]> mask) throws IOException {
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(piece.clone(), 0, length), rest);
        BufferedBody text = BufferedBody.read(whole, LARGEST_HELD, memory);
        return text.complete() ? new ByteArrayInputStream(mask.apply(text.bytes())) : new SequenceInputStream(new ByteArrayInputStream(text.bytes()), whole);
    }
}
