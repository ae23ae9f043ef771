package dev.openaigateway.admin;

import dev.openaigateway.admission.AdminAccess;
import dev.openaigateway.admission.AdminDoor;
import dev.openaigateway.admission.ClientAddress;
import dev.openaigateway.api.Errors;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.function.Supplier;

/** Lets administrators pass, and nobody else. */
public final class AdminOnly implements Processor {

    private final Supplier<AdminAccess> access;
    private final Supplier<ClientAddress> address;
    private final AdminDoor door;

    public AdminOnly(Supplier<AdminAccess> access, Supplier<ClientAddress> address, AdminDoor door) {
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
