package dev.openaigateway.server.reception;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/**
 * Lets the decoder of a connection read one request at a time. What a client sends behind it stays bytes, until the response is written to the
 * socket: as decoded requests it would take many times as much memory, without a bound. Bytes that wait count in {@link HeadMemory}; above
 * {@link #MAX_AHEAD} of them the socket is no longer read, so that a client which sends faster than it reads has to wait. Stands
 * directly before the decoder, and is used on the event loop.
 */
final class RequestGate extends ChannelDuplexHandler {

    /** In bytes. The socket is read until then, since only that shows that a client has left. */
    static final int MAX_AHEAD = 64 * 1024;

    private final ConnectionHeads heads;
    private final Runnable onBytes;
    private final Runnable onLineEnds;
    private ChannelHandlerContext context;
    /** What has arrived and is not given to the decoder yet; null if there is nothing. */
    private ByteBuf waiting;
    private boolean unanswered;
    /** Vert.x closes the connection after the response. It would never release the buffers of a further request. */
    private boolean last;
    private boolean scheduled;
    private boolean decoding;
    /** The socket is not to be read after the current read. */
    private boolean stopping;
    private boolean stopped;
    private final InputEnd end = new InputEnd();
    /** The connection is being closed, which may take a while over TLS. */
    private boolean closing;

    /**
     * @param onBytes    runs before bytes are decoded that may begin a request
     * @param onLineEnds runs when only line ends have arrived between requests
     */
    RequestGate(ConnectionHeads heads, Runnable onBytes, Runnable onLineEnds) {
        this.heads = heads;
        this.onBytes = onBytes;
        this.onLineEnds = onLineEnds;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    /** Whether the next request has to wait for the response to the one before. */
    boolean isClosed() {
        return unanswered && !heads.isInBody();
    }

    /**
     * A request has begun, to which a response will be written.
     *
     * @param isLast whether the connection is closed after the response; what follows is dropped
     */
    void asked(HttpVersion version, boolean isLast) {
        end.requested(version);
        unanswered = true;
        last = isLast;
    }

    /** The response begins. */
    void responds() {
        end.responds();
    }

    /** The response is written to the socket, or cannot be written. */
    void answered() {
        if (!last) {
            unanswered = false;
            schedule();
            closeAtEnd();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) throws Exception {
        if (closing || heads.isDiscarded()) {
            ReferenceCountUtil.release(read);
        } else if (read instanceof ByteBuf bytes) {
            received(bytes);
        } else {
            super.channelRead(ctx, read);
        }
    }

    /** Line ends between requests mean nothing (RFC 9112, section 2.2). */
    private void received(ByteBuf bytes) {
        boolean between = heads.isIdle() && ahead() == 0;
        if (between) {
            ConnectionHeads.skipLineEnds(bytes);
        }
        if (between && !bytes.isReadable()) {
            bytes.release();
            onLineEnds.run();
        } else {
            waiting = waiting == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), waiting, bytes);
            onBytes.run();
            decode();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        complete();
    }

    /** The decoder must not see the end of the input: it would decode all requests that wait, and an incomplete one. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            end.reach(ctx, isClosed());
            closeAtEnd();
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    /** Closes the connection once the input has ended and no more of it can be answered. */
    private void closeAtEnd() {
        boolean waits = heads.isInBody() ? !mayDecode() : unanswered && end.mayRead();
        if (end.isReached() && !scheduled && !waits) {
            closing = true;
            context.close();
        }
    }

    /** What follows must not be carried out, although a response that is written in the same step opens the gate. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        closing = true;
        super.close(ctx, promise);
    }

    private void complete() {
        update();
        if (stopping) {
            stopping = false;
            stopped = true;
            // Otherwise the flag belongs to Vert.x. Reading goes on only with read().
            context.channel().config().setAutoRead(true);
        }
        context.fireChannelReadComplete();
    }

    /** Also called when Vert.x wants to read on after it did not take the body for a while. */
    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
        if (stopped) {
            adjustReading();
        } else {
            super.read(ctx);
        }
        schedule();
        closeAtEnd();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ReferenceCountUtil.release(waiting);
        waiting = null;
    }

    /** Reports how much is held now. While requests are decoded, that is reported after them. */
    void update() {
        if (!decoding) {
            ChannelOutboundBuffer responses = isClosed() ? context.channel().unsafe().outboundBuffer() : null;
            heads.update(waiting == null ? 0 : waiting.capacity(), responses == null ? 0 : responses.totalPendingWriteBytes(), !context.channel().config().isAutoRead());
        }
    }

    private void schedule() {
        if (!scheduled && mayDecode() && ahead() > 0) {
            scheduled = true;
            context.executor().execute(this::goOn);
        }
    }

    private void goOn() {
        scheduled = false;
        if (!heads.isDiscarded() && !context.isRemoved() && mayDecode() && ahead() > 0) {
            onBytes.run();
            decode();
            complete();
            closeAtEnd();
        }
    }

    /** Stops behind each request, so that a connection with many of them does not delay the others. */
    private void decode() {
        decoding = true;
        int before = Integer.MAX_VALUE;
        while (mayDecode() && ahead() > 0 && ahead() < before) {
            before = ahead();
            ByteBuf next = waiting == null ? Unpooled.EMPTY_BUFFER : waiting;
            waiting = null;
            context.fireChannelRead(next);
            if (heads.isIdle()) {
                break;
            }
        }
        if (heads.isEmptied()) {
            context.fireChannelRead(Unpooled.EMPTY_BUFFER);
        }
        decoding = false;
        if (heads.isIdle()) {
            end.pipelines(ahead() > 0);
            schedule();
        }
        adjustReading();
    }

    private void adjustReading() {
        ChannelConfig config = context.channel().config();
        boolean enough = ahead() > MAX_AHEAD && (isClosed() || scheduled);
        if (enough && !stopped && config.isAutoRead()) {
            // Ends also the current loop over the socket.
            stopping = true;
            config.setAutoRead(false);
        } else if (!enough && stopped && config.isAutoRead()) {
            stopped = false;
            context.read();
        }
    }

    /** Vert.x switches automatic reading off while the body is not consumed. */
    private boolean mayDecode() {
        return !closing && (heads.isInBody() ? context.channel().config().isAutoRead() : !unanswered);
    }

    /** Bytes that have arrived and are not decoded. */
    private int ahead() {
        return heads.undecoded() + (waiting == null ? 0 : waiting.readableBytes());
    }
}
