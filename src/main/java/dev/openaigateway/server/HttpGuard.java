package dev.openaigateway.server;

import dev.openaigateway.affinity.Passthrough;
import dev.openaigateway.call.ErrorHeaders;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.server.reception.UnknownVersionException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;

import java.io.IOException;

/**
 * Handles every request before its route is found, and requests without a route. Runs on event loops: must not block.
 */
final class HttpGuard {

    private final CamelContext context;
    private final InFlight inFlight;
    private final HttpDate date = new HttpDate();
    private final Derived<BrowserHeaders> headers;
    private final SlowClients slow;
    private final long bodyLimit;
    private final Passthrough passthrough;
    private final EarlyResponses refusals;

    HttpGuard(CamelContext context, InFlight inFlight, Derived<BrowserHeaders> headers, SlowClients slow, long bodyLimit,
              Passthrough passthrough, EarlyResponses refusals) {
        this.context = context;
        this.inFlight = inFlight;
        this.headers = headers;
        this.slow = slow;
        this.bodyLimit = bodyLimit;
        this.passthrough = passthrough;
        this.refusals = refusals;
    }

    void guard(Router router) {
        UnroutedRequests unrouted = new UnroutedRequests(context, inFlight, router, passthrough);
        router.route().order(-1).handler(this::receive).failureHandler(this::failed);
        router.errorHandler(404, ctx -> refuseUnrouted(ctx, unrouted.notFound(ctx)));
        router.errorHandler(405, ctx -> refuseUnrouted(ctx, unrouted.methodNotAllowed(ctx)));
        router.errorHandler(413, ctx -> refuse(ctx, HttpErrors.bodyTooLarge(bodyLimit)));
        router.errorHandler(400, ctx -> refuse(ctx, HttpErrors.malformed()));
        router.errorHandler(500, ctx -> refuse(ctx, Errors.internal(ctx.response().headers().get(RequestIds.HEADER), null)));
    }

    /** To be called several times a second. */
    void check() {
        date.update();
        slow.check();
    }

    /** Refuses a request that is not valid HTTP, and closes its connection, which can no longer be trusted. */
    void refuse(HttpServerRequest request) {
        close(request, problem(request.decoderResult().cause()));
    }

    private static ApiError problem(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HttpErrors.lineTooLong();
        }
        if (cause instanceof TooLongFrameException) {
            return HttpErrors.headTooLarge();
        }
        return cause instanceof UnknownVersionException ? HttpErrors.unknownVersion() : HttpErrors.notHttp();
    }

    /** @param error null if the request is being served in another way */
    private void refuseUnrouted(RoutingContext ctx, ApiError error) {
        if (error != null && ClientPaths.contain(ctx.normalizedPath())) {
            prepare(ctx.request());
            refusals.refuse(ctx.request(), error);
        } else {
            refuse(ctx, error);
        }
    }

    /** @param error null if the request is being served in another way */
    private void refuse(RoutingContext ctx, ApiError error) {
        if (error != null && !ctx.response().ended()) {
            prepare(ctx.request());
            respond(ctx.response(), error);
        }
    }

    /** Every response carries a request id, the date and the headers for browsers, including those that no route sends. */
    private void prepare(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!response.headers().contains(RequestIds.HEADER)) {
            identify(request);
            harden(request, headers.get());
        }
    }

    private void identify(HttpServerRequest request) {
        request.response().putHeader(RequestIds.HEADER, RequestIds.of(request.getHeader(RequestIds.HEADER)))
                .putHeader(HttpHeaders.DATE, date.toString());
    }

    private static void harden(HttpServerRequest request, BrowserHeaders browserHeaders) {
        browserHeaders.forOrigin(request.getHeader(HttpHeaders.ORIGIN)).forEach(request.response()::putHeader);
    }

    private void close(HttpServerRequest request, ApiError error) {
        prepare(request);
        respond(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), error);
        request.connection().close();
    }

    private void receive(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String expected = RequestHead.expectation(request);
        if (expected != null) {
            ctx.addEndHandler(responded -> BodyCollector.closeUnlessContinued(ctx));
        }
        ApiError invalid = RequestHead.problem(request, expected);
        if (invalid != null) {
            close(request, invalid);
            return;
        }
        BrowserHeaders browserHeaders = headers.get();
        identify(request);
        if (browserHeaders.isPreflight(request.method().name(), request::getHeader)) {
            browserHeaders.forPreflight(request::getHeader).forEach(ctx.response()::putHeader);
            ctx.response().setStatusCode(204).end();
            return;
        }
        harden(request, browserHeaders);
        if (inFlight.draining() && RequestsAtStop.respond(request)) {
            return;
        }
        if (RequestHead.asksForWebSocket(request)) {
            ctx.response().putHeader(HttpHeaders.UPGRADE, "HTTP/1.1").putHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
            refuseUnrouted(ctx, HttpErrors.noWebSocket());
        } else {
            hideQuery(ctx);
            ctx.next();
        }
    }

    /** Camel would add the parameters of the query to the headers, so that anyone could pretend to send a header. */
    private static void hideQuery(RoutingContext ctx) {
        if (ctx.request().query() != null) {
            ctx.queryParams().clear();
        }
    }

    /** A failure while the request is still arriving is caused by the client or the network, so it is not logged as an error. */
    private void failed(RoutingContext ctx) {
        if (ctx.failure() != null && !ctx.request().isEnded()) {
            close(ctx.request(), ctx.failure() instanceof IOException ? HttpErrors.endedEarly() : HttpErrors.malformed());
        } else {
            ctx.next();
        }
    }

    static void respond(HttpServerResponse response, ApiError error) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        ErrorHeaders.of(error).forEach(response::putHeader);
        response.setStatusCode(error.status())
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(ErrorBody.of(error)));
    }
}
