package dev.openaigateway.relay;

import org.apache.hc.core5.http.MessageConstraintException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Inflates a compressed response up to a limit. The gateway does not request compression, so no valid response
 * reaches the limit.
 */
final class BoundedInflater extends FilterInputStream {

    static final long LONGEST = 64L * 1024 * 1024;

    private long left = LONGEST;

    BoundedInflater(InputStream compressed) {
        super(compressed);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(count);
        return count;
    }

    private void count(int bytes) throws IOException {
        left -= Math.max(0, bytes);
        if (left < 0) {
            throw new MessageConstraintException("inflates to more than " + LONGEST + " bytes");
        }
    }
}
