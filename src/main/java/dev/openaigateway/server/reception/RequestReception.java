package dev.openaigateway.server.reception;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
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

    private final ConnectionHeads heads;
    private final RequestGate gate;

    private RequestReception(ConnectionHeads heads) {
        this.heads = heads;
        this.gate = new RequestGate(heads, this::begin, () -> sending = false);
    }

    /**
     * Watches what arrives from now on, and lets the requests through one after the other.
     *
     * @param consumer the name of the handler behind the decoder; writes a response to each request
     * @param memory   bounds what is held of requests that are not served yet, on all connections
     */
    public static RequestReception on(ChannelPipeline pipeline, String consumer, HeadMemory memory) {
        HttpRequestDecoder decoder = pipeline.get(HttpRequestDecoder.class);
        ConnectionHeads heads = new ConnectionHeads(memory, pipeline.channel(), decoder);
        RequestReception reception = new RequestReception(heads);
        pipeline.addFirst(reception.new Bytes());
        decoder.setCumulator(heads);
        decoder.setSingleDecode(true);
        pipeline.addBefore(pipeline.context(decoder).name(), null, reception.gate);
        pipeline.addBefore(consumer, null, reception.new Messages());
        pipeline.addBefore(consumer, null, new ResponseEnds(reception.gate));
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

    private boolean releaseIfClosing(Object read) {
        if (heads.isDiscarded()) {
            ReferenceCountUtil.release(read);
        }
        return heads.isDiscarded();
    }

    /** A request has begun if none is being sent, unless it has to wait for the response to the one before. */
    private void begin() {
        if (!sending && !gate.isClosed()) {
            began();
            headReceived = false;
            sending = true;
        }
    }

    private void began() {
        bytes = 0;
        sinceNanos = System.nanoTime();
    }

    /** Before the decoder: sees the first bytes of a head. */
    private final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object read) throws Exception {
            if (!releaseIfClosing(read)) {
                begin();
                super.channelRead(ctx, read);
            }
        }

        /** Before the decoder, which would decode a request that waits. */
        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            heads.closed();
            super.channelInactive(ctx);
        }
    }

    /** Behind the decoder: sees heads, pieces of bodies and ends. */
    private final class Messages extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (releaseIfClosing(message)) {
                return;
            }
            if (message instanceof HttpRequest request) {
                began();
                headReceived = true;
                heads.headDecoded();
                refuseUnknownVersion(request);
                gate.asked(request.protocolVersion(), isLast(request));
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

        /** Exactly as Vert.x decides. If it kept a connection open that this takes for closed, the next request would wait for ever. */
        private static boolean isLast(HttpRequest request) {
            boolean old = request.protocolVersion() == HttpVersion.HTTP_1_0;
            return old ? !request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)
                    : request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        }

        private void received() {
            heads.bodyPieceDecoded();
            if (bytes >= PORTION) {
                began();
            }
        }

        private void ended() {
            heads.requestDecoded();
            sending = false;
        }

        /**
         * Vert.x would respond with the unknown version and without a body. It knows the two versions by their objects only: one of "http/1.1"
         * or "HTTP/1.01" equals them and is another, so that Vert.x would drop what follows and never release it.
         */
        private static void refuseUnknownVersion(HttpRequest head) {
            HttpVersion version = head.protocolVersion();
            if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
                head.setProtocolVersion(HttpVersion.HTTP_1_1);
                head.setDecoderResult(DecoderResult.failure(new UnknownVersionException()));
            }
        }
    }
}
