package dev.openaigateway.server.response;

import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ClientStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes to a client's HTTP response directly, because Camel would buffer the bytes of a stream. Thread-safe as
 * {@link ClientStream} requires; a writer blocks while the client reads too slowly.
 */
public final class ClientConnection implements ClientStream {

    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final String EVENTS = "text/event-stream";
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

    private final HttpServerResponse response;
    private final HttpServerRequest request;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean begun;
    private boolean events;
    private boolean headLeft;
    private boolean ended;
    private boolean complete;
    private boolean insideEvent;
    /** Null until the head is sent, and for a response without chunks. */
    private ChunkWriter chunks;
    private volatile long lastWriteNanos = System.nanoTime();
    private volatile boolean gone;
    private volatile Runnable onGone = () -> { };

    /** @param request whose response is written */
    public ClientConnection(HttpServerRequest request) {
        this.response = request.response();
        this.request = request;
        response.closeHandler(closed -> disconnected());
        response.exceptionHandler(failure -> disconnected());
        if (response.closed()) {
            disconnected();
        }
    }

    @Override
    public boolean begin(int status, Map<String, String> headers) {
        lock.lock();
        try {
            boolean begins = !begun && !headLeft && !ended && !gone;
            if (begins) {
                begun = true;
                events = headers.getOrDefault("content-type", "").startsWith(EVENTS);
                response.setStatusCode(status).setChunked(true);
                headers.forEach(response::putHeader);
                if (request.version() == HttpVersion.HTTP_1_0) {
                    response.headersEndHandler(any -> response.putHeader("connection", "close"));
                }
            }
            return begins;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean leaveHead() {
        lock.lock();
        try {
            headLeft = !begun;
            return headLeft;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        lock.lock();
        try {
            requireClient();
            send(bytes, offset, length);
            if (response.writeQueueFull()) {
                awaitRoom();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void insideEvent(boolean inside) {
        lock.lock();
        try {
            insideEvent = inside;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void keepAlive(Supplier<Map<String, String>> headers, long silentNanos) {
        if (isSilent(silentNanos) && lock.tryLock()) {
            commentIfSilent(headers, silentNanos);
        }
    }

    private void commentIfSilent(Supplier<Map<String, String>> headers, long silentNanos) {
        try {
            boolean may = headers == null ? events : !headLeft;
            if (may && !ended && !gone && !insideEvent && isSilent(silentNanos)) {
                if (!begun) {
                    begin(headers.get());
                }
                send(COMMENT, 0, COMMENT.length);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isSilent(long silentNanos) {
        return System.nanoTime() - lastWriteNanos >= silentNanos;
    }

    @Override
    public void end() {
        lock.lock();
        try {
            if (begun && !ended) {
                ended = true;
                complete = !gone;
                response.end();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isComplete() {
        lock.lock();
        try {
            return complete;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void breakOff() {
        lock.lock();
        try {
            ended = true;
            response.reset();
            awaitClose();
            // Sends nothing; otherwise Camel would write its own head.
            response.end();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean begun() {
        lock.lock();
        try {
            return begun;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean gone() {
        return gone;
    }

    @Override
    public void onGone(Runnable action) {
        onGone = action;
        if (gone) {
            action.run();
        }
    }

    /** Vert.x writes the head, with the first bytes. A response to HTTP/1.0 has no chunks. */
    private void send(byte[] bytes, int offset, int length) {
        if (chunks != null && length > 0) {
            chunks.write(bytes, offset, length);
        } else {
            response.write(Buffer.buffer(length).appendBytes(bytes, offset, length));
            chunks = response.isChunked() ? ChunkWriter.on(request.connection()) : null;
        }
        lastWriteNanos = System.nanoTime();
    }

    private void awaitRoom() {
        response.drainHandler(drained -> signal());
        while (response.writeQueueFull() && !gone) {
            changed.awaitUninterruptibly();
        }
        requireClient();
    }

    private void awaitClose() {
        long left = LONGEST_CLOSE.toNanos();
        try {
            while (!gone && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireClient() {
        if (gone || ended) {
            throw new ClientGoneException();
        }
    }

    private void disconnected() {
        if (!gone) {
            gone = true;
            onGone.run();
            signal();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
