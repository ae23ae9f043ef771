package dev.openaigateway.upstream.connection;

import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the lines of one response head, and refuses what httpcore would replace by a space: control characters, and line ends
 * that are not those of the first line. Such a line cannot be passed on, or may hide another one. Not thread-safe.
 */
final class StrictHead implements SessionInputBuffer {

    private static final int DELETE = 127;

    private final SessionInputBuffer buffer;
    private final int longestLine;
    private Boolean endsWithCr;

    /** @param longestLine in bytes */
    StrictHead(SessionInputBuffer buffer, int longestLine) {
        this.buffer = buffer;
        this.longestLine = longestLine;
    }

    @Override
    public int readLine(CharArrayBuffer line, InputStream socket) throws IOException {
        int count = 0;
        boolean afterCr = false;
        for (int each = buffer.read(socket); each >= 0; each = buffer.read(socket)) {
            if (each == '\n') {
                end(afterCr);
                return line.length();
            }
            if (afterCr || each != '\r' && (each < ' ' && each != '\t' || each == DELETE)) {
                throw new MessageConstraintException("a control character in the head");
            }
            if (++count > longestLine) {
                throw new MessageConstraintException("a line of more than " + longestLine + " bytes in the head");
            }
            afterCr = each == '\r';
            if (!afterCr) {
                line.append((char) each);
            }
        }
        return count == 0 ? -1 : line.length();
    }

    private void end(boolean withCr) throws MessageConstraintException {
        if (endsWithCr == null) {
            endsWithCr = withCr;
        } else if (endsWithCr && !withCr) {
            throw new MessageConstraintException("a bare line feed in the head");
        }
    }

    @Override
    public int length() {
        return buffer.length();
    }

    @Override
    public int capacity() {
        return buffer.capacity();
    }

    @Override
    public int available() {
        return buffer.available();
    }

    @Override
    public int read(byte[] target, int from, int length, InputStream socket) throws IOException {
        return buffer.read(target, from, length, socket);
    }

    @Override
    public int read(byte[] target, InputStream socket) throws IOException {
        return buffer.read(target, socket);
    }

    @Override
    public int read(InputStream socket) throws IOException {
        return buffer.read(socket);
    }

    @Override
    public HttpTransportMetrics getMetrics() {
        return buffer.getMetrics();
    }
}
