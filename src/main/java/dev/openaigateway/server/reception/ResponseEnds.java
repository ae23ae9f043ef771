package dev.openaigateway.server.reception;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Tells the gate of a connection when a response is written to the socket. Interim responses such as 100 do not count. */
final class ResponseEnds extends ChannelOutboundHandlerAdapter {

    private final RequestGate gate;
    private boolean interim;

    ResponseEnds(RequestGate gate) {
        this.gate = gate;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof HttpResponse response) {
            interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }
        if (message instanceof LastHttpContent && !interim) {
            super.write(ctx, message, promise.unvoid().addListener(written -> gate.answered()));
            gate.update();
        } else {
            super.write(ctx, message, promise);
        }
    }
}
