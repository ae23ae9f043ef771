package dev.openaigateway.server.reception;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Tells the gate of a connection when a response is written to the socket. Interim responses such as 100 do not count. Closes the connection
 * behind a body of HTTP/1.0 without a length, which nothing else ends; Vert.x keeps it if the client has asked for that.
 */
final class ResponseEnds extends ChannelOutboundHandlerAdapter {

    private final RequestGate gate;
    private boolean interim;
    private boolean unbounded;

    ResponseEnds(RequestGate gate) {
        this.gate = gate;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (!interim) {
                gate.responds();
            }
            unbounded = response.protocolVersion() == HttpVersion.HTTP_1_0 && !(message instanceof LastHttpContent) && !HttpUtil.isContentLengthSet(response);
        }
        if (message instanceof LastHttpContent && !interim) {
            super.write(ctx, message, promise.unvoid().addListener(written -> written(ctx)));
            gate.update();
        } else {
            super.write(ctx, message, promise);
        }
    }

    private void written(ChannelHandlerContext ctx) {
        if (unbounded) {
            ctx.close();
        } else {
            gate.answered();
        }
    }
}
