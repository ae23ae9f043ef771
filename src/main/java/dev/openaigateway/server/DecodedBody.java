package dev.openaigateway.server;

import dev.openaigateway.call.MemoryBudget;
import dev.openaigateway.call.MemoryLease;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a compressed request body piece by piece. Each piece counts against the limit of a body and the memory of all bodies
 * before the next is decoded, so that a small body cannot become a large one unnoticed.
 */
final class DecodedBody {

    private static final int PIECE = 64 * 1024;

    private final MemoryLease lease;
    private final long largest;
    private final List<byte[]> pieces = new ArrayList<>();
    private int length;

    private DecodedBody(MemoryLease lease, long largest) {
        this.lease = lease;
        this.largest = largest;
    }

    /**
     * @param codings in the order in which they were applied
     * @param lease   grows by what the decoded body needs
     * @param largest bytes of a decoded body
     * @throws ApiException 400 if the bytes are not in these codings, 413 above the limit, 503 if memory is full
     */
    static byte[] of(byte[] encoded, List<ContentCoding> codings, MemoryLease lease, long largest) {
        DecodedBody body = new DecodedBody(lease, largest);
        try {
            ForeignCode.run(() -> body.readAll(encoded, codings));
        } catch (IOException | IllegalStateException e) {
            throw HttpErrors.notEncoded().exception();
        } catch (ForeignCodeException e) {
            // The library for zstd has native code, which not every system runs.
            throw e.getCause() instanceof LinkageError ? HttpErrors.unsupportedEncoding("gzip, deflate or br").exception() : e;
        }
        return body.join();
    }

    private static InputStream decoding(InputStream encoded, List<ContentCoding> codings) throws IOException {
        InputStream in = encoded;
        for (int i = codings.size() - 1; i >= 0; i--) {
            in = codings.get(i).decode(in);
        }
        return in;
    }

    private void readAll(byte[] encoded, List<ContentCoding> codings) throws IOException {
        try (InputStream in = decoding(new ByteArrayInputStream(encoded), codings)) {
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                if (length + (long) piece.length > largest) {
                    throw HttpErrors.bodyTooLarge(largest).exception();
                }
                grow(BodyCollector.COPIES * (long) piece.length);
                length += piece.length;
                pieces.add(piece);
            }
        }
    }

    private void grow(long bytes) {
        if (!lease.grow(bytes)) {
            throw Errors.memoryFull().exception();
        }
    }

    private byte[] join() {
        grow(BodyCollector.COPIES * (MemoryBudget.ofArray(length) - length));
        byte[] bytes = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, bytes, at, piece.length);
            at += piece.length;
        }
        return bytes;
    }
}
