package dev.openaigateway.server;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.server.reception.RequestReception;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Responds to the head of a request that does not arrive in time. There is no request yet in Vert.x, so the response is written past it. */
final class HeadTimeout {

    private HeadTimeout() {
    }

    /** Sends 408 and closes the connection; both on its event loop, where the head may have arrived meanwhile. */
    static void refuse(ConnectionBase connection, RequestReception reception) {
        ChannelHandlerContext context = connection.channelHandlerContext();
        context.executor().execute(() -> {
            if (reception.isSendingHead()) {
                context.writeAndFlush(response());
            }
            connection.close();
        });
    }

    private static FullHttpResponse response() {
        ApiError error = HttpErrors.requestTimeout();
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(error.status()), Unpooled.wrappedBuffer(ErrorBody.of(error)));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON).set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE).set(RequestIds.HEADER, RequestIds.of(null));
        return response;
    }
}
