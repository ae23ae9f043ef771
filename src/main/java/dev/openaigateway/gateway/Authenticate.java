package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.security.Authentication;
import dev.openaigateway.security.ClientAddress;
import dev.openaigateway.security.ClientAuthenticator;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.function.Supplier;

/** Lets a client in by its key. */
public final class Authenticate implements Processor {

    /** The exchange property that names the client, for rules. */
    public static final String CLIENT = "client";

    private final Supplier<ClientAuthenticator> authenticator;
    private final Supplier<ClientAddress> address;

    public Authenticate(Supplier<ClientAuthenticator> authenticator, Supplier<ClientAddress> address) {
        this.authenticator = authenticator;
        this.address = address;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = ClientRequest.message(exchange).getRequest();
        String from = address.get().resolve(request.remoteAddress().hostAddress(), request.headers()::getAll);
        Authentication result = authenticator.get().authenticate(request::getHeader, from);
        if (result instanceof Authentication.Accepted accepted) {
            Call.of(exchange).authenticated(accepted.client());
            exchange.setProperty(CLIENT, accepted.client().name());
            return;
        }
        throw refusal(result).exception();
    }

    private static ApiError refusal(Authentication result) {
        if (result instanceof Authentication.Blocked blocked) {
            return Errors.addressBlocked(blocked.remaining());
        }
        return result instanceof Authentication.MissingKey ? Errors.missingKey() : Errors.badKey();
    }
}
