package dev.openaigateway.runtime;

import dev.openaigateway.admission.AdminAccess.Decision;
import io.vertx.core.http.HttpServerRequest;

import java.util.function.Predicate;

/**
 * Whether the sender of a request will pass the key check of its route, so that its body is worth reading. Counts no wrong
 * key: the route does that when it refuses the request. Thread-safe.
 */
final class KnownSenders implements Predicate<HttpServerRequest> {

    private final ActiveSettings active;

    KnownSenders(ActiveSettings active) {
        this.active = active;
    }

    /** Routes that are not the gateway's own check for themselves, so their bodies are read. */
    @Override
    public boolean test(HttpServerRequest request) {
        String path = request.path();
        String peer = request.remoteAddress().hostAddress();
        if (path.startsWith("/v1/") || path.startsWith("/openai/")) {
            return active.doorkeeper().wouldAccept(request::getHeader, active.address().resolve(peer, request.headers()::getAll));
        }
        boolean admin = path.startsWith("/admin/") || path.startsWith("/config/");
        return !admin || active.admin().decide(request::getHeader, peer) == Decision.GRANTED;
    }
}
