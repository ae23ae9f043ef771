package dev.openaigateway.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the body of one message, by length or by chunks. Throws {@link EOFException} if the peer closes before its end. */
final class Body extends InputStream {

    private final InputStream in;
    private final boolean chunked;
    private long remaining;
    private boolean chunkEndDue;
    private boolean ended;

    Body(InputStream in, Headers headers) {
        this.in = in;
        this.chunked = headers.says("transfer-encoding", "chunked");
        this.remaining = chunked ? 0 : Long.parseLong(headers.first("content-length"));
        this.ended = !chunked && remaining == 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && remaining == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("closed " + remaining + " bytes before the end of the body");
        }
        remaining -= count;
        ended = !chunked && remaining == 0;
        chunkEndDue = chunked && remaining == 0;
        return count;
    }

    private void nextChunk() throws IOException {
        if (chunkEndDue) {
            HttpInput.needed(in);
            chunkEndDue = false;
        }
        String size = HttpInput.needed(in).split(";")[0].strip();
        remaining = Long.parseLong(size, 16);
        if (remaining == 0) {
            ended = true;
            while (!HttpInput.needed(in).isEmpty()) {
                continue;
            }
        }
    }
}
