package dev.openaigateway.server.reception;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Records whether the client of one connection is sending a request, and since when. Written on the connection's event loop;
 * read by any thread.
 *
 * <p>Vert.x reports only whole heads, so the beginning of a head is seen in Netty's pipeline.
 */
public final class RequestReception {

    /** The time for a request begins again after so many bytes of its body, so that a large body is not cut off. */
    private static final int PORTION = 1024 * 1024;

    private volatile boolean sending;
    private volatile boolean headReceived;
    private volatile long sinceNanos;
    private long bytes;

    private final PartialHead head;

    private RequestReception(PartialHead head) {
        this.head = head;
    }

    /**
     * Watches what arrives from now on.
     *
     * @param consumer the name of the handler behind the decoder
     * @param heads    bounds what is held of heads on all connections
     */
    public static RequestReception on(ChannelPipeline pipeline, String consumer, UnfinishedHeads heads) {
        HttpRequestDecoder decoder = pipeline.get(HttpRequestDecoder.class);
        PartialHead head = new PartialHead(heads, pipeline.channel(), decoder);
        RequestReception reception = new RequestReception(head);
        pipeline.addFirst(reception.new Bytes());
        decoder.setCumulator(head);
        pipeline.addBefore(consumer, null, reception.new Messages());
        return reception;
    }

    /** Whether a part of a request has arrived, but not yet its end. */
    public boolean isSending() {
        return sending;
    }

    /** Whether the first bytes of a request have arrived, but not yet its whole head. */
    public boolean isSendingHead() {
        return sending && !headReceived;
    }

    /** When the head, or the current megabyte of the body, began; on the clock of {@link System#nanoTime}. */
    public long sinceNanos() {
        return sinceNanos;
    }

    /** The request whose turn it is will be served. Call on the event loop. */
    public void served() {
        head.served();
    }

    private boolean drops(Object read) {
        if (head.isDiscarded()) {
            ReferenceCountUtil.release(read);
        }
        return head.isDiscarded();
    }

    private void began() {
        bytes = 0;
        sinceNanos = System.nanoTime();
    }

    /** Before the decoder: sees the first bytes of a head. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) throws Exception {
            if (drops(read)) {
                return;
            }
            if (!sending) {
                began();
                headReceived = false;
                sending = true;
            }
            super.channelRead(ctx, read);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
            head.decoded();
            super.channelReadComplete(ctx);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            super.channelInactive(ctx);
            head.closed();
        }
    }

    /** Behind the decoder: sees heads, pieces of bodies and ends. */
    private final class Messages extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (drops(message)) {
                return;
            }
            if (message instanceof HttpRequest request) {
                began();
                headReceived = true;
                head.whole();
                refuseUnknownVersion(request);
            } else if (message instanceof HttpContent content) {
                bytes += content.content().readableBytes();
                if (content instanceof LastHttpContent) {
                    ended();
                } else {
                    received();
                }
            }
            super.channelRead(ctx, message);
        }

        private void received() {
            head.content();
            if (bytes >= PORTION) {
                began();
            }
        }

        /** A client may have sent a part of its next request already. */
        private void ended() {
            sending = head.next();
            if (sending) {
                began();
                headReceived = false;
            }
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
