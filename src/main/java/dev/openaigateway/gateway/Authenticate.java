package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.security.Authentication;
import dev.openaigateway.security.AuthenticatorChain;
import dev.openaigateway.security.ClientAddress;
import dev.openaigateway.security.UntrustedProxies;
import dev.openaigateway.server.RequestHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Runs the chain of authenticators: sets the client on the call, or rejects the request. */
public final class Authenticate implements Processor {

    private final AuthenticatorChain chain;
    private final Derived<ClientAddress> address;
    private final UntrustedProxies proxies;

    public Authenticate(AuthenticatorChain chain, Derived<ClientAddress> address, UntrustedProxies proxies) {
        this.proxies = proxies;
        this.chain = chain;
        this.address = address;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = ClientRequest.message(exchange).getRequest();
        String peer = request.remoteAddress().hostAddress();
        String from = address.get().resolve(peer, request.headers()::getAll);
        Authentication result = chain.authenticate(request::getHeader, from);
        if (result instanceof Authentication.Accepted accepted) {
            Call.require(exchange).authenticated(accepted.client());
            exchange.setProperty(RuleProperties.CLIENT, accepted.client().name());
            return;
        }
        if (result instanceof Authentication.Rejected rejected && rejected.guess()) {
            proxies.wrongKey(new RequestHeaders(request), peer, from);
        }
        throw result.refusal().exception();
    }
}
