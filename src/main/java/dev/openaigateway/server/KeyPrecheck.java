package dev.openaigateway.server;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.security.AuthenticatorChain;
import dev.openaigateway.security.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import java.util.function.Predicate;

/**
 * Tests whether the sender of a request will pass the key check of its route. Only then is the body read. Does not count
 * wrong keys: the route does that when it refuses the request. Thread-safe.
 */
public final class KeyPrecheck implements Predicate<RoutingContext> {

    private final AuthenticatorChain chain;
    private final Derived<ClientAddress> address;
    private final Derived<AdminAccess> admin;

    public KeyPrecheck(AuthenticatorChain chain, Derived<ClientAddress> address, Derived<AdminAccess> admin) {
        this.chain = chain;
        this.address = address;
        this.admin = admin;
    }

    /** Also true for routes that are not the gateway's own: they do their own checks. */
    @Override
    public boolean test(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String path = ctx.normalizedPath();
        String peer = request.remoteAddress().hostAddress();
        if (ClientPaths.contain(path)) {
            return chain.wouldAccept(request::getHeader, address.get().resolve(peer, request.headers()::getAll));
        }
        boolean administration = path.startsWith("/admin/") || path.startsWith("/config/");
        return !administration || admin.get().decide(new RequestHeaders(request), peer).mayRead();
    }
}
