package dev.openaigateway.server;

import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.memory.CallMemory;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.coding.BoundedDecoder;
import dev.openaigateway.coding.CodingLimitException;
import dev.openaigateway.coding.ContentCoding;
import dev.openaigateway.coding.Expansion;
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
import java.util.function.BooleanSupplier;

/**
 * Decodes a compressed request body piece by piece. Each piece counts against the limit of a body and the memory of all bodies
 * before the next is decoded, so that a small body cannot become a large one unnoticed. Each coding has bounds of its own, and the work
 * ends when the client has left.
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
     * @param gone    whether the client has left
     * @throws ApiException        400 if the bytes are not in these codings, 413 above a limit, 503 if memory is full
     * @throws ClientGoneException if the client has left
     */
    static byte[] of(byte[] encoded, List<ContentCoding> codings, MemoryLease lease, long largest, BooleanSupplier gone) {
        DecodedBody body = new DecodedBody(lease, largest);
        try {
            ForeignCode.run(() -> body.readAll(encoded, codings, gone));
        } catch (IOException | IllegalStateException e) {
            throw (CodingLimitException.caused(e) ? HttpErrors.expandsTooMuch() : HttpErrors.notEncoded()).exception();
        } catch (ForeignCodeException e) {
            // The library for zstd has native code, which not every system runs.
            throw e.getCause() instanceof LinkageError ? HttpErrors.unsupportedEncoding("gzip, deflate or br").exception() : e;
        }
        return body.join();
    }

    /** Decoding never waits, so without the call of {@code yield} a virtual thread would keep its processor to the end. */
    private static void goOn(BooleanSupplier gone) {
        if (gone.getAsBoolean()) {
            throw new ClientGoneException();
        }
        Thread.yield();
    }

    /** The limit of the whole body is checked where its memory is, so that the error can name it. */
    private static InputStream decoding(InputStream encoded, List<ContentCoding> codings, long largest, Runnable beforePiece) throws IOException {
        return BoundedDecoder.of(codings, encoded, Expansion.ofContent(Long.MAX_VALUE), Expansion.ofCompressed(largest), beforePiece);
    }

    private void readAll(byte[] encoded, List<ContentCoding> codings, BooleanSupplier gone) throws IOException {
        try (InputStream in = decoding(new ByteArrayInputStream(encoded), codings, largest, () -> goOn(gone))) {
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                if (length + (long) piece.length > largest) {
                    throw HttpErrors.bodyTooLarge(largest).exception();
                }
                grow(BodyCollector.COPIES * (long) piece.length);
                length += piece.length;
                pieces.add(piece);
                goOn(gone);
            }
        }
    }

    private void grow(long bytes) {
        if (!lease.grow(bytes)) {
            throw Errors.memoryFull(lease.couldGrow(bytes + CallMemory.LEAST)).exception();
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
