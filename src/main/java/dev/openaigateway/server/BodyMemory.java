package dev.openaigateway.server;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the memory that request bodies take, from the request's head until its answer has ended or its client has left.
 * A body counts with its Content-Length; a chunked one with the most it may have, until it is whole. Thread-safe.
 */
final class BodyMemory {

    private static final AttributeKey<Body> LATEST = AttributeKey.valueOf(BodyMemory.class, "latest");

    private final LongSupplier limit;
    private final long largestBody;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param limit       bytes of all bodies; 0 is a quarter of the heap, for on its way a body is held up to three times
     * @param largestBody bytes of a body that is not a form's
     */
    BodyMemory(LongSupplier limit, long largestBody) {
        this.limit = limit;
        this.largestBody = largestBody;
    }

    /** Takes the room that the request's body needs. A body that is alone always has room. */
    boolean hasRoomFor(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        long bytes = chunked ? most(request) : declared(request);
        if (bytes == 0) {
            return true;
        }
        long sum = held.addAndGet(bytes);
        if (sum > bytes && sum > limit()) {
            held.addAndGet(-bytes);
            return false;
        }
        Body body = new Body(bytes);
        releaseAtTheEnd(ctx, body);
        if (chunked) {
            request.end().onSuccess(whole -> body.shrinkTo(request.bytesRead()));
        }
        return true;
    }

    private long limit() {
        long set = limit.getAsLong();
        return set == 0 ? Runtime.getRuntime().maxMemory() / 4 : set;
    }

    /** What is declared to be longer than it may be is not held at all, or not to its end. */
    private long declared(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Math.min(Long.parseLong(length.strip()), most(request));
    }

    private long most(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/") ? Upload.LARGEST : largestBody;
    }

    /** Other steps may take over what the response tells of a lost connection, so the connection itself is listened to. */
    private static void releaseAtTheEnd(RoutingContext ctx, Body body) {
        Channel channel = ((ConnectionBase) ctx.request().connection()).channel();
        Body before = channel.attr(LATEST).getAndSet(body);
        if (before == null) {
            channel.closeFuture().addListener(closed -> channel.attr(LATEST).get().shrinkTo(0));
        } else {
            before.shrinkTo(0);
        }
        ctx.addEndHandler(ended -> body.shrinkTo(0));
    }

    /** The room of one body. */
    private final class Body {

        private final AtomicLong room;

        Body(long bytes) {
            room = new AtomicLong(bytes);
        }

        void shrinkTo(long bytes) {
            long before = room.getAndUpdate(now -> Math.min(now, bytes));
            held.addAndGet(Math.min(before, bytes) - before);
        }
    }
}
