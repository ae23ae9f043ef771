package dev.openaigateway.coding;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Decodes one content coding with bounds in both directions. A few bytes must not become many, and many bytes must not keep the
 * decoder at work without a result: empty blocks of deflate, empty members of gzip and empty frames of zstd give nothing.
 * Used by one thread.
 */
public final class BoundedDecoder extends FilterInputStream {

    private final DecoderSource source;
    private final Expansion limit;
    private long given;

    private BoundedDecoder(InputStream decoder, DecoderSource source, Expansion limit) {
        super(decoder);
        this.source = source;
        this.limit = limit;
    }

    /**
     * A stream of the content. Reading throws {@link CodingLimitException}, or an exception that it has caused, beyond the bounds.
     *
     * @param beforePiece runs before each piece of input, and may throw an exception to end the work
     * @throws IOException if the input does not begin in this coding
     */
    public static InputStream of(ContentCoding coding, InputStream encoded, Expansion limit, Runnable beforePiece) throws IOException {
        DecoderSource source = new DecoderSource(encoded, coding.readAhead(), beforePiece);
        return new BoundedDecoder(coding.decode(source), source, limit);
    }

    /**
     * As {@link #of(ContentCoding, InputStream, Expansion, Runnable)}, for content that was encoded several times.
     *
     * @param codings    in the order in which they were applied
     * @param limit      of the content
     * @param compressed of what one decoder gives to the next
     */
    public static InputStream of(List<ContentCoding> codings, InputStream encoded, Expansion limit, Expansion compressed, Runnable beforePiece)
            throws IOException {
        InputStream in = encoded;
        for (int i = codings.size() - 1; i >= 0; i--) {
            in = of(codings.get(i), in, i == 0 ? limit : compressed, beforePiece);
        }
        return in;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(count);
        return count;
    }

    private void count(int bytes) throws IOException {
        given += Math.max(0, bytes);
        source.given(given);
        if (bytes < 0) {
            source.ended();
        }
        if (!limit.allows(given, source.taken())) {
            throw new CodingLimitException("expands to " + given + " bytes");
        }
    }
}
