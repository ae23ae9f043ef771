package dev.openaigateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections to which no byte could be written for a while although bytes are queued: the client has stopped
 * reading. A writer on that connection then sees a disconnect. Thread-safe.
 *
 * <p>Netty's IdleStateHandler is not used: at its event Vert.x closes a connection even if nothing is queued, and its timeout
 * is fixed when the connection begins, so that a reload would not reach open connections.
 */
final class StalledClients {

    private static final Waiting NOTHING = new Waiting(0, 0, 0, 0);

    /**
     * A snapshot of a connection's write queue. It stays the same while nothing is written.
     *
     * @param piece      the identity of the piece at the head; 0 if the queue is empty
     * @param sent       bytes of that piece already written
     * @param bytes      bytes in the queue
     * @param sinceNanos when the snapshot was taken
     */
    private record Waiting(int piece, long sent, long bytes, long sinceNanos) {

        static Waiting on(Channel channel, long now) {
            ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
            Object piece = queue == null ? null : queue.current();
            return piece == null ? NOTHING : new Waiting(System.identityHashCode(piece), queue.currentProgress(), queue.totalPendingWriteBytes(), now);
        }

        boolean moved(Waiting before) {
            return piece != before.piece || sent != before.sent;
        }
    }

    private final Map<ConnectionBase, Waiting> watched = new ConcurrentHashMap<>();

    void watch(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            watched.put(base, NOTHING);
            base.channel().closeFuture().addListener(closed -> watched.remove(base));
        }
    }

    /**
     * Closes the stalled connections; called periodically. Closes the channel directly, because the close of Vert.x would wait
     * until everything is written.
     *
     * @param now in nanoseconds
     */
    void closeStalled(long now, long longestNanos) {
        watched.forEach((connection, before) -> {
            Waiting waiting = Waiting.on(connection.channel(), now);
            if (waiting.moved(before)) {
                watched.replace(connection, before, waiting);
            } else if (waiting != NOTHING && now - before.sinceNanos > longestNanos) {
                connection.channelHandlerContext().close();
            }
        });
    }

    /** The bytes queued on all connections now. */
    long queuedBytes() {
        return watched.keySet().stream().mapToLong(connection -> Waiting.on(connection.channel(), 0).bytes).sum();
    }
}
