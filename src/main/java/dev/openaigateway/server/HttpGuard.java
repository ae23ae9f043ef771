package dev.openaigateway.server;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Handles every request before its route is found, and requests without a route. Runs on event loops: must not block.
 */
final class HttpGuard {

    private final CamelContext context;
    private final InFlight inFlight;
    private final Derived<BrowserHeaders> headers;
    private final SlowClients slow;
    private final long bodyLimit;

    HttpGuard(CamelContext context, InFlight inFlight, Derived<BrowserHeaders> headers, SlowClients slow, long bodyLimit) {
        this.context = context;
        this.inFlight = inFlight;
        this.headers = headers;
        this.slow = slow;
        this.bodyLimit = bodyLimit;
    }

    void guard(Router router) {
        router.route().order(-1).handler(this::receive).failureHandler(this::failed);
        router.errorHandler(404, this::notFound);
        router.errorHandler(405, ctx -> methodNotAllowed(router, ctx));
        router.errorHandler(413, ctx -> respond(ctx.response(), Errors.bodyTooLarge(bodyLimit)));
        router.errorHandler(400, ctx -> respond(ctx.response(), Errors.malformedRequest(400, "The request is malformed.")));
        router.errorHandler(500, ctx -> respond(ctx.response(), Errors.internal(ctx.response().headers().get(RequestIds.HEADER))));
    }

    /** Refuses a request that is not valid HTTP, and closes its connection, which can no longer be trusted. */
    void refuse(HttpServerRequest request) {
        setRequestId(request);
        harden(request, headers.get());
        Throwable cause = request.decoderResult().cause();
        ApiError error = cause instanceof TooLongHttpLineException
                ? Errors.malformedRequest(414, "The request line is too long.")
                : cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException
                ? Errors.malformedRequest(431, "The request's header fields are too large.")
                : Errors.malformedRequest(400, "The request is not well-formed HTTP.");
        close(request, error);
    }

    /** Every response carries a request id, including those that no route sends. */
    private static void setRequestId(HttpServerRequest request) {
        request.response().putHeader(RequestIds.HEADER, RequestIds.of(request.getHeader(RequestIds.HEADER)));
    }

    private static void harden(HttpServerRequest request, BrowserHeaders browserHeaders) {
        browserHeaders.forOrigin(request.getHeader(HttpHeaders.ORIGIN)).forEach(request.response()::putHeader);
    }

    private static void close(HttpServerRequest request, ApiError error) {
        respond(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), error);
        request.connection().close();
    }

    /** Any encoding but {@code chunked} invites request smuggling. */
    private static boolean knownEncoding(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return encodings.isEmpty() || encodings.size() == 1 && encodings.get(0).strip().equalsIgnoreCase("chunked");
    }

    private void receive(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        slow.received(request);
        if (BodyCollector.awaitsContinue(request)) {
            ctx.addEndHandler(responded -> BodyCollector.closeUnlessContinued(ctx));
        }
        BrowserHeaders browserHeaders = headers.get();
        setRequestId(request);
        if (!knownEncoding(request)) {
            harden(request, browserHeaders);
            close(request, Errors.malformedRequest(400, "The only Transfer-Encoding known here is 'chunked'."));
            return;
        }
        if (browserHeaders.isPreflight(request.method().name(), request::getHeader)) {
            browserHeaders.forPreflight(request::getHeader).forEach(ctx.response()::putHeader);
            ctx.response().setStatusCode(204).end();
            return;
        }
        harden(request, browserHeaders);
        if (inFlight.draining() && !request.path().startsWith("/health")) {
            respond(ctx.response(), Errors.stopping());
            return;
        }
        hideQuery(ctx);
        ctx.next();
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
            close(ctx.request(), Errors.malformedRequest(400, "The request did not come to its end."));
        } else {
            ctx.next();
        }
    }

    private void notFound(RoutingContext ctx) {
        respond(ctx.response(), context.getStatus().isStarted()
                ? Errors.unknownUrl(ctx.request().method().name(), ctx.request().path()) : Errors.starting());
    }

    private void methodNotAllowed(Router router, RoutingContext ctx) {
        Set<String> allowed = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            if (route.methods() != null && matches(route, ctx.normalizedPath())) {
                route.methods().stream().map(HttpMethod::name).forEach(allowed::add);
            }
        }
        String list = String.join(", ", allowed);
        ctx.response().putHeader("allow", list);
        respond(ctx.response(), Errors.methodNotAllowed(ctx.request().method().name(), list));
    }

    private static boolean matches(Route route, String path) {
        String pattern = route.getPath();
        if (pattern == null) {
            return false;
        }
        String regex = pattern.replaceAll(":[A-Za-z0-9_]+", "[^/]+").replace("*", ".*");
        return path.matches(regex) || path.equals(pattern);
    }

    static void respond(HttpServerResponse response, ApiError error) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        if (error.retryAfter() != null) {
            response.putHeader("retry-after", String.valueOf(Math.max(1, error.retryAfter().toSeconds())));
        }
        response.setStatusCode(error.status())
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(ErrorBody.of(error)));
    }
}
