package dev.openaigateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Records whether the client of one connection is sending a request, and since when. Written on the connection's event loop;
 * read by any thread.
 *
 * <p>Vert.x reports only whole heads, so the beginning of a head is seen in Netty's pipeline.
 */
final class RequestReception {

    /** The time for a request begins again after so many bytes of its body, so that a large body is not cut off. */
    private static final int PORTION = 1024 * 1024;

    private volatile boolean sending;
    private volatile boolean headReceived;
    private volatile long sinceNanos;
    private long bytes;

    private RequestReception() {
    }

    /**
     * Watches what arrives from now on.
     *
     * @param consumer the name of the handler behind the decoder
     */
    static RequestReception on(ChannelPipeline pipeline, String consumer) {
        RequestReception reception = new RequestReception();
        pipeline.addFirst(reception.new Bytes());
        pipeline.addBefore(consumer, null, reception.new Messages());
        return reception;
    }

    /** Whether a part of a request has arrived, but not yet its end. */
    boolean isSending() {
        return sending;
    }

    /** Whether the first bytes of a request have arrived, but not yet its whole head. */
    boolean isSendingHead() {
        return sending && !headReceived;
    }

    /** When the head, or the current megabyte of the body, began; on the clock of {@link System#nanoTime}. */
    long sinceNanos() {
        return sinceNanos;
    }

    private void began() {
        bytes = 0;
        sinceNanos = System.nanoTime();
    }

    /** Before the decoder: sees the first bytes of a head. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) throws Exception {
            if (!sending) {
                began();
                headReceived = false;
                sending = true;
            }
            super.channelRead(ctx, read);
        }
    }

    /** Behind the decoder: sees heads, pieces of bodies and ends. */
    private final class Messages extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message == LastHttpContent.EMPTY_LAST_CONTENT) {
                sending = false;
            } else if (message instanceof HttpRequest head) {
                began();
                headReceived = true;
                refuseUnknownVersion(head);
            } else if (message instanceof HttpContent content) {
                bytes += content.content().readableBytes();
                if (bytes >= PORTION) {
                    began();
                }
                sending = !(content instanceof LastHttpContent);
            }
            super.channelRead(ctx, message);
        }

        /** Vert.x would respond with the unknown version and without a body. */
        private static void refuseUnknownVersion(HttpRequest head) {
            HttpVersion version = head.protocolVersion();
            if (version != HttpVersion.HTTP_1_1 && !version.equals(HttpVersion.HTTP_1_0) && !version.equals(HttpVersion.HTTP_1_1)) {
                head.setProtocolVersion(HttpVersion.HTTP_1_1);
                head.setDecoderResult(DecoderResult.failure(new UnknownVersionException()));
            }
        }
    }
}
