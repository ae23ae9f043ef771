package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.security.Authentication;
import dev.openaigateway.security.AuthenticatorChain;
import dev.openaigateway.security.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;


/** Puts the client on the call, or refuses the request: asks the chain of authenticators. */
public final class Authenticate implements Processor {

    /** The exchange property that names the client, for rules. */
    public static final String CLIENT = "client";

    private final AuthenticatorChain chain;
    private final Derived<ClientAddress> address;

    public Authenticate(AuthenticatorChain chain, Derived<ClientAddress> address) {
        this.chain = chain;
        this.address = address;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = ClientRequest.message(exchange).getRequest();
        String from = address.get().resolve(request.remoteAddress().hostAddress(), request.headers()::getAll);
        Authentication result = chain.authenticate(request::getHeader, from);
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
        if (result instanceof Authentication.Rejected rejected && rejected.reason() != null) {
            return Errors.badCredential(rejected.reason());
        }
        return result instanceof Authentication.MissingKey ? Errors.missingKey() : Errors.badKey();
    }
}
