package dev.openaigateway.server;

import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects in memory a body that the route left on the connection ({@code useBodyHandler: false}). */
public final class Upload {

    /** Bytes of a body. */
    public static final int LARGEST = 32 * 1024 * 1024;
    private static final long LONGEST_SECONDS = 120;

    private final HttpServerRequest request;
    private final Buffer collected = Buffer.buffer();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

    private Upload(HttpServerRequest request) {
        this.request = request;
    }

    /**
     * Waits until the body is there.
     *
     * @throws ApiException        408 after two minutes, 413 above 32 MB
     * @throws ClientGoneException if the client left
     */
    public static byte[] read(HttpServerRequest request) {
        return new Upload(request).read();
    }

    private byte[] read() {
        request.handler(this::add);
        request.exceptionHandler(gone -> whole.completeExceptionally(new ClientGoneException()));
        request.endHandler(end -> whole.complete(collected.getBytes()));
        request.resume();
        try {
            return whole.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            closeAfterResponse();
            throw (RuntimeException) e.getCause();
        } catch (TimeoutException e) {
            closeAfterResponse();
            throw Errors.requestTimeout().exception();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException();
        }
    }

    private void add(Buffer piece) {
        if (whole.isDone()) {
            return;
        }
        if (collected.length() + piece.length() > LARGEST) {
            whole.completeExceptionally(Errors.bodyTooLarge(LARGEST).exception());
        } else {
            collected.appendBuffer(piece);
        }
    }

    /** What is left of the body must not be taken for the next request. */
    private void closeAfterResponse() {
        request.response().putHeader("connection", "close");
    }
}
