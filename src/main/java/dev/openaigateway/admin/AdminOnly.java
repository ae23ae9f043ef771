package dev.openaigateway.admin;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.security.AdminAccess;
import dev.openaigateway.security.AdminLockout;
import dev.openaigateway.security.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;


/** Lets administrators pass, and nobody else. */
public final class AdminOnly implements Processor {

    private final Derived<AdminAccess> access;
    private final Derived<ClientAddress> address;
    private final AdminLockout door;

    public AdminOnly(Derived<AdminAccess> access, Derived<ClientAddress> address, AdminLockout door) {
        this.access = access;
        this.address = address;
        this.door = door;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = AdminRequest.of(exchange).http();
        AdminAccess rule = access.get();
        String peer = request.remoteAddress().hostAddress();
        String from = address.get().resolve(peer, request.headers()::getAll);
        if (rule.hasToken()) {
            door.remaining(from).ifPresent(wait -> {
                throw Errors.addressBlocked(wait).exception();
            });
        }
        AdminAccess.Decision decision = rule.decide(request::getHeader, peer);
        if (rule.hasToken()) {
            door.decided(decision, from);
        }
        if (decision != AdminAccess.Decision.GRANTED) {
            throw Errors.adminOnly(decision != AdminAccess.Decision.LOCAL_ONLY).exception();
        }
    }
}
