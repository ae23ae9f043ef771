package dev.openaigateway.upstream.connection;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes the head of a request and the beginning of its body together. httpcore writes a body of more than 4 KB by itself, so
 * that the upstream would wake up for a head without a body (benchmark row "agent prompt"). Not thread-safe.
 */
final class JoinedOutput extends FilterOutputStream {

    private static final int LARGEST_HEAD = 8 * 1024;
    private static final int LARGEST_JOINED = 64 * 1024;

    private byte[] held;

    JoinedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    /** Holds a small piece until the next one, or until {@link #flush}. */
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (held != null) {
            writeBehindHeld(bytes, offset, length);
        } else if (length <= LARGEST_HEAD) {
            held = Arrays.copyOfRange(bytes, offset, offset + length);
        } else {
            out.write(bytes, offset, length);
        }
    }

    private void writeBehindHeld(byte[] bytes, int offset, int length) throws IOException {
        int joined = Math.min(length, LARGEST_JOINED - held.length);
        byte[] whole = Arrays.copyOf(held, held.length + joined);
        System.arraycopy(bytes, offset, whole, held.length, joined);
        held = null;
        out.write(whole, 0, whole.length);
        if (joined < length) {
            out.write(bytes, offset + joined, length - joined);
        }
    }

    @Override
    public void flush() throws IOException {
        if (held != null) {
            byte[] all = held;
            held = null;
            out.write(all, 0, all.length);
        }
        out.flush();
    }
}
