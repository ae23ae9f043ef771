package dev.openaigateway.admin;

import dev.openaigateway.admission.AdminAccess;
import dev.openaigateway.api.Errors;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.function.Supplier;

/** Lets administrators pass, and nobody else. */
public final class AdminOnly implements Processor {

    private final Supplier<AdminAccess> access;

    public AdminOnly(Supplier<AdminAccess> access) {
        this.access = access;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = AdminRequest.of(exchange).http();
        AdminAccess.Decision decision = access.get().decide(request::getHeader, request.remoteAddress().hostAddress());
        if (decision != AdminAccess.Decision.GRANTED) {
            throw Errors.adminOnly(decision != AdminAccess.Decision.LOCAL_ONLY).exception();
        }
    }
}
