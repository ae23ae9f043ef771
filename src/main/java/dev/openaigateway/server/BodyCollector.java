package dev.openaigateway.server;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects request bodies in memory, both JSON and forms. Reads only those that {@link BodyAdmission} admits. A body that is too large
 * or does not fit into the budget is refused before it is read if its length is declared, otherwise at the first piece that
 * does not fit. Bytes that arrive after a refusal are discarded. Runs on event loops; thread-safe.
 *
 * <p>A body is copied at most twice: Vert.x copies each piece from its network buffer, and several pieces are joined, because
 * parsers and providers read one array. That array goes to the upstream as it is, unless a provider or a rule changes the body.
 */
final class BodyCollector implements Handler<RoutingContext> {

    /** A body is held twice: in pieces and whole while it is joined, then as received and as rewritten. */
    static final int COPIES = 2;
    private static final String CONTINUED = "continued";
    private final BodyRoom admitted;
    private final BodyRoom unchecked;
    private final BodyAdmission admission;
    private final EarlyResponses refusals;

    /**
     * @param budget  for all bodies of admitted requests
     * @param memory  the budget of the heap, which contains that one
     * @param largest the largest body, in bytes
     */
    BodyCollector(MemoryBudget budget, MemoryBudget memory, long largest, BodyAdmission admission, EarlyResponses refusals) {
        this.admitted = new BodyRoom(budget, largest);
        this.unchecked = BodyRoom.unchecked(memory, largest);
        this.admission = admission;
        this.refusals = refusals;
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        boolean chunked = request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
        long declared = chunked ? 0 : declared(request);
        if (!chunked && declared == 0) {
            ctx.next();
            return;
        }
        Reading reading = admission.of(ctx);
        Optional<ApiError> refusal = reading == Reading.ADMITTED && awaitsContinue(request) ? RefusedHead.problem(request, ctx.normalizedPath()) : Optional.empty();
        if (reading == Reading.NONE) {
            ctx.next();
        } else if (refusal.isPresent()) {
            refusals.refuse(request, refusal.get());
        } else {
            new Body(ctx, reading == Reading.ADMITTED ? admitted : unchecked).collect(declared);
        }
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    static boolean awaitsContinue(HttpServerRequest request) {
        return "100-continue".equalsIgnoreCase(RequestHead.expectation(request));
    }

    /** Without "100 Continue" a client does not send the announced body, so its next request could be mistaken for it. */
    static void closeUnlessContinued(RoutingContext ctx) {
        if (ctx.get(CONTINUED) == null) {
            ctx.request().connection().close();
        }
    }

    /** One body that is being received. Used on the event loop of its connection. */
    private final class Body {

        private final RoutingContext ctx;
        private final HttpServerRequest request;
        private final BodyRoom room;
        private final MemoryLease lease;
        private List<Buffer> pieces = new ArrayList<>(1);
        private long length;
        private IncomingBody whole;
        private boolean refused;

        Body(RoutingContext ctx, BodyRoom room) {
            this.ctx = ctx;
            this.room = room;
            this.lease = room.budget().lease();
            this.request = ctx.request();
        }

        void collect(long declared) {
            if (room.isTooLarge(declared)) {
                refusals.refuse(request, HttpErrors.bodyTooLarge(room.largestFitting()));
                return;
            }
            if (declared > 0 && !room.hasRoomFor(declared)) {
                refusals.refuse(request, Errors.memoryFull());
                return;
            }
            request.exceptionHandler(broken -> {
                stop();
                ctx.fail(broken);
            });
            request.handler(this::add);
            request.endHandler(end -> finish());
            ctx.addEndHandler(responded -> release());
            if (awaitsContinue(request)) {
                ctx.put(CONTINUED, true);
                ctx.response().writeContinue();
            }
            request.resume();
        }

        private void add(Buffer piece) {
            if (refused) {
                return;
            }
            length += piece.length();
            if (room.isTooLarge(length)) {
                refuseNow(HttpErrors.bodyTooLarge(room.largestFitting()));
            } else if (!lease.grow(COPIES * (long) piece.length())) {
                refuseNow(Errors.memoryFull());
            } else {
                pieces.add(piece);
            }
        }

        private void refuseNow(ApiError error) {
            stop();
            refusals.refuse(request, error);
        }

        private void stop() {
            refused = true;
            pieces = null;
            lease.close();
        }

        private void finish() {
            if (refused) {
                return;
            }
            if (!lease.grow(BodyRoom.cost(length) - COPIES * length)) {
                refuseNow(Errors.memoryFull());
                return;
            }
            byte[] bytes = join();
            pieces = null;
            whole = new IncomingBody(bytes, lease, room.largestFitting());
            whole.attachTo(request);
            ((RoutingContextInternal) ctx).setBody(Buffer.buffer(Unpooled.wrappedBuffer(bytes)));
            ctx.next();
        }

        private byte[] join() {
            ByteBuf first = pieces.isEmpty() ? Unpooled.EMPTY_BUFFER : pieces.get(0).getByteBuf();
            if (first.hasArray() && first.arrayOffset() == 0 && first.array().length == length && first.readableBytes() == length) {
                return first.array();
            }
            byte[] bytes = new byte[(int) length];
            int at = 0;
            for (Buffer piece : pieces) {
                piece.getBytes(bytes, at);
                at += piece.length();
            }
            return bytes;
        }

        private void release() {
            if (whole == null) {
                lease.close();
            } else {
                whole.release();
            }
        }
    }
}
