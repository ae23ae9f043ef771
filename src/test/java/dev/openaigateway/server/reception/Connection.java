package dev.openaigateway.server.reception;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A connection whose requests are recorded in the place of Vert.x. Responds when it is told to. */
final class Connection extends ChannelInboundHandlerAdapter {

    final List<String> asked = new ArrayList<>();
    final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(), new HttpResponseEncoder());
    final RequestReception reception;
    int pieces;
    boolean responds;
    boolean pauses;
    /** Pieces of bodies are kept, as Vert.x does with those that are unpooled. */
    boolean keeps;
    boolean closes;

    Connection(HeadMemory memory) {
        channel.pipeline().addLast("consumer", this);
        reception = RequestReception.on(channel.pipeline(), "consumer", memory);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            asked.add(request.uri());
        }
        if (message instanceof HttpContent content && content.content().isReadable()) {
            pieces++;
            ctx.channel().config().setAutoRead(!pauses);
        }
        if (responds && message instanceof LastHttpContent) {
            ctx.writeAndFlush(response(HttpResponseStatus.OK));
            if (closes) {
                ctx.close();
            }
        }
        if (!keeps) {
            ReferenceCountUtil.release(message);
        }
    }

    void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    void endInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
    }

    /** Not flushed. */
    void write(HttpResponseStatus status) {
        channel.pipeline().context(this).write(response(status));
        channel.runPendingTasks();
    }

    void flush() {
        channel.flush();
        channel.runPendingTasks();
    }

    void respond(HttpResponseStatus status) {
        channel.pipeline().context(this).writeAndFlush(response(status));
        channel.runPendingTasks();
    }

    private static DefaultFullHttpResponse response(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    }
}
