package dev.openaigateway.server.reception;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The end of what a client sends. It looks the same whether the client has left or still reads (half close). A client that had sent a request before
 * the response to the one before still gets all responses; clients that give up do not do that. Any other is sent interim responses, which HTTP/1.1
 * clients skip: the system of one that has left resets the connection, so that the next write fails. Used on the event loop.
 */
final class InputEnd {

    private static final byte[] INTERIM = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 16_000;

    private boolean reached;
    private boolean pipelining;
    private boolean asking;
    /** Whether an interim response may be sent: the request is of HTTP/1.1, and its response has not begun. */
    private boolean mayAsk;

    void requested(HttpVersion version) {
        mayAsk = version == HttpVersion.HTTP_1_1;
    }

    /** The response begins. */
    void responds() {
        mayAsk = false;
    }

    /** @param ahead whether the client has sent something before the response to the request before */
    void pipelines(boolean ahead) {
        pipelining |= ahead;
    }

    /** @param awaited whether the client awaits the response to a whole request */
    void reach(ChannelHandlerContext context, boolean awaited) {
        reached = true;
        if (awaited && mayAsk && !pipelining && context.pipeline().get(SslHandler.class) == null) {
            asking = true;
            ask(context, FIRST_MILLIS);
        }
    }

    boolean isReached() {
        return reached;
    }

    /** Whether the client may read the responses that are still to come. */
    boolean mayRead() {
        return pipelining || asking;
    }

    private void ask(ChannelHandlerContext context, long millis) {
        if (mayAsk && context.channel().isActive()) {
            context.writeAndFlush(Unpooled.wrappedBuffer(INTERIM)).addListener(written -> {
                if (!written.isSuccess()) {
                    context.close();
                }
            });
            context.executor().schedule(() -> ask(context, Math.min(LONGEST_MILLIS, 2 * millis)), millis, TimeUnit.MILLISECONDS);
        }
    }
}
