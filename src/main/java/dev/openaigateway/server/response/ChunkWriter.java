package dev.openaigateway.server.response;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes the chunks of one HTTP/1.1 response, each as one buffer, past the encoder of Netty. The encoder would make three buffers of a
 * chunk, which take three promises and a longer system call (benchmark row "CPU per event"). The head and the end of the response
 * are left to Vert.x: both use the queue of the event loop, so the order is kept. Thread-safe.
 */
final class ChunkWriter {

    private final ChannelHandlerContext encoder;
    private final ChannelPromise unobserved;
    private final AtomicInteger pending = new AtomicInteger();

    private ChunkWriter(ChannelHandlerContext encoder, ChannelPromise unobserved) {
        this.encoder = encoder;
        this.unobserved = unobserved;
    }

    /** Returns null if the connection has no encoder of HTTP/1.1. */
    static ChunkWriter on(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            ChannelHandlerContext encoder = base.channel().pipeline().context(HttpResponseEncoder.class);
            return encoder == null ? null : new ChunkWriter(encoder, base.voidPromise);
        }
        return null;
    }

    /** Writes a chunk of at least one byte and flushes it. The bytes are copied. Never blocks. A failure shows as the end of the connection. */
    void write(byte[] bytes, int offset, int length) {
        byte[] chunk = Chunk.of(bytes, offset, length);
        pending.incrementAndGet();
        encoder.executor().execute(() -> send(chunk));
    }

    /** Runs on the event loop. Chunks that wait there are flushed together. If a chunk cannot be written, the stream ends. */
    private void send(byte[] chunk) {
        try {
            encoder.write(encoder.alloc().directBuffer(chunk.length).writeBytes(chunk), unobserved);
        } catch (OutOfMemoryError e) {
            encoder.close();
            throw e;
        }
        if (pending.decrementAndGet() == 0) {
            encoder.flush();
        }
    }
}
