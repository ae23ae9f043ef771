package dev.openaigateway.server;

import dev.openaigateway.affinity.Passthrough;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;

import java.util.Set;

/**
 * Decides about requests for which the router has no route: HEAD is served as GET, a path without {@code /v1} as the one with
 * it, and some are passed to an instance. All others are refused. Runs on event loops; thread-safe.
 */
final class UnroutedRequests {

    private static final String VERSION = "/v1";
    private static final String TRIED = "triedWithVersion";

    private final CamelContext context;
    private final InFlight inFlight;
    private final RouteMethods methods;
    private final Passthrough passthrough;

    UnroutedRequests(CamelContext context, InFlight inFlight, Router router, Passthrough passthrough) {
        this.context = context;
        this.inFlight = inFlight;
        this.passthrough = passthrough;
        this.methods = new RouteMethods(router);
    }

    /** The error for a path without a route; null if the request was routed elsewhere. */
    ApiError notFound(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String asked = ctx.get(TRIED);
        if (!context.getStatus().isStarted()) {
            return inFlight.draining() ? Errors.stopping() : Errors.starting();
        }
        if (isPassed(ctx)) {
            return null;
        }
        if (asked != null || !request.path().startsWith("/") || ClientPaths.contain(ctx.normalizedPath())) {
            return Errors.unknownUrl(request.method().name(), asked == null ? ClientPaths.called(request.path()) : asked);
        }
        ctx.put(TRIED, request.path());
        ctx.reroute(request.method(), VERSION + target(request));
        return null;
    }

    /** The error for a method that the path does not have; null if the request was routed elsewhere. */
    ApiError methodNotAllowed(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        if (isPassed(ctx)) {
            return null;
        }
        Set<String> allowed = methods.of(ctx.normalizedPath());
        if (request.method() == HttpMethod.HEAD && allowed.contains(HttpMethod.GET.name())) {
            ctx.reroute(HttpMethod.GET, target(request));
            return null;
        }
        if (allowed.isEmpty()) {
            return Errors.unknownUrl(request.method().name(), request.path());
        }
        String list = String.join(", ", allowed);
        ctx.response().putHeader(HttpHeaders.ALLOW, list);
        return HttpErrors.methodNotAllowed(request.method().name(), list);
    }

    private boolean isPassed(RoutingContext ctx) {
        boolean passes = context.getStatus().isStarted() && passthrough.of(ctx.request().method().name(), ctx.normalizedPath()).isPresent();
        if (passes) {
            ctx.reroute(ctx.request().method(), ClientPaths.PASSED + target(ctx.request()));
        }
        return passes;
    }

    private static String target(HttpServerRequest request) {
        return request.query() == null ? request.path() : request.path() + "?" + request.query();
    }
}
