package dev.openaigateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Closes connections to which no byte could be written for a while although bytes wait for them: the client has stopped
 * reading. Whoever still answers there is told as if the client had left. Thread-safe.
 *
 * <p>Not Netty's IdleStateHandler: Vert.x closes a connection at its event also where nothing waits to be written, and the
 * time is fixed when the connection begins, so that a reload would not reach open ones.
 */
final class StalledClients {

    private static final Waiting NOTHING = new Waiting(0, 0, 0, 0);

    /**
     * What waited to be written at a moment; it stays the same while nothing goes out.
     *
     * @param piece the identity of the piece whose turn it is; 0 where none waits
     * @param sent  how much of the piece has gone out
     * @param bytes how much waits in all
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
     * Called now and then. Closes from below Vert.x, whose own close would wait until everything was written.
     *
     * @return the bytes that wait on all connections
     */
    long close(long now, long longestNanos) {
        LongAdder unread = new LongAdder();
        watched.forEach((connection, before) -> {
            Waiting waiting = Waiting.on(connection.channel(), now);
            if (waiting.moved(before)) {
                watched.replace(connection, before, waiting);
            } else if (waiting != NOTHING && now - before.sinceNanos > longestNanos) {
                connection.channelHandlerContext().close();
            }
            unread.add(waiting.bytes);
        });
        return unread.sum();
    }
}
