package dev.openaigateway.coding;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a decoder reads, in small pieces, as long as it gives something for it. Used by one thread. */
final class DecoderSource extends FilterInputStream {

    /** The most that a decoder reads at once, so that it is checked often. */
    private static final int PIECE = 4 * 1024;
    /** Free at the end of any coding, since nothing is read ahead there: for headers and a few empty pieces. */
    private static final long FREE_AT_END = 32 * 1024;
    /** A byte of content that is flushed alone takes about 10 bytes. */
    private static final long MOST_READ_PER_BYTE = 32;

    private final long readAhead;
    private final Runnable beforePiece;
    private long given;
    private long taken;
    private long next;
    /** Kept, because {@code GZIPInputStream} takes an exception in the header of a further member for the end. */
    private CodingLimitException exceeded;

    DecoderSource(InputStream encoded, long readAhead, Runnable beforePiece) {
        super(encoded);
        this.readAhead = readAhead;
        this.beforePiece = beforePiece;
    }

    /** The bytes that the decoder has read. */
    long taken() {
        return taken;
    }

    /** Takes note of the bytes that the decoder has given in all. */
    void given(long bytes) throws CodingLimitException {
        given = bytes;
        if (exceeded != null) {
            throw exceeded;
        }
    }

    /** Checks what the decoder has read in all, when it has given all of its content. */
    void ended() throws CodingLimitException {
        check(FREE_AT_END);
    }

    @Override
    public int read() throws IOException {
        int one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (taken >= next) {
            beforePiece.run();
            next = taken + PIECE;
        }
        int count = super.read(target, offset, Math.min(length, PIECE));
        count(count);
        return count;
    }

    private void count(int bytes) throws IOException {
        taken += Math.max(0, bytes);
        check(readAhead);
    }

    private void check(long free) throws CodingLimitException {
        if (taken > free + MOST_READ_PER_BYTE * given) {
            exceeded = new CodingLimitException(taken + " bytes with almost no content");
            throw exceeded;
        }
    }
}
