package dev.openaigateway.server;

import dev.openaigateway.openai.Errors;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.util.Set;

/**
 * Decides about requests that arrive while the gateway stops. Operators may read to the end, above all the metrics with the last
 * counts, and change nothing. A client's request goes on to its route, which refuses it, so that it is logged and counted as any
 * other. Thread-safe.
 */
final class RequestsAtStop {

    private static final Set<String> LIVENESS = Set.of("/health", "/health/live");
    private static final String ALIVE = "{\"status\": \"stopping\"}";

    private RequestsAtStop() {
    }

    /** Returns whether it has responded. Otherwise the request goes on. In either case the client is to close its connection. */
    static boolean respond(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        // The process lives, also when its routes have stopped.
        if (reads && LIVENESS.contains(request.path())) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(ALIVE);
            return true;
        }
        if (!reads && (request.path().startsWith("/admin") || request.path().startsWith("/config"))) {
            HttpGuard.respond(response, Errors.stopping());
            return true;
        }
        return false;
    }
}
