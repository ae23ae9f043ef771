package dev.openaigateway.admin;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.security.AdminLockout;
import dev.openaigateway.security.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Admits only administrators to an endpoint; 401 or 403 for others. Thread-safe. */
public final class AdminOnly implements Processor {

    private final Derived<AdminAccess> access;
    private final Derived<ClientAddress> address;
    private final AdminLockout lockout;

    public AdminOnly(Derived<AdminAccess> access, Derived<ClientAddress> address, AdminLockout lockout) {
        this.access = access;
        this.address = address;
        this.lockout = lockout;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = AdminRequest.of(exchange).http();
        AdminAccess adminAccess = access.get();
        String peer = request.remoteAddress().hostAddress();
        String client = address.get().resolve(peer, request.headers()::getAll);
        if (adminAccess.hasToken()) {
            lockout.remaining(client).ifPresent(wait -> {
                throw Errors.addressBlocked(wait).exception();
            });
        }
        AdminAccess.Decision decision = adminAccess.decide(request::getHeader, peer);
        if (adminAccess.hasToken()) {
            lockout.decided(decision, client);
        }
        if (decision != AdminAccess.Decision.GRANTED) {
            throw Errors.adminOnly(decision != AdminAccess.Decision.LOCAL_ONLY).exception();
        }
    }
}
