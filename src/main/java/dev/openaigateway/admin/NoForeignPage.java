package dev.openaigateway.admin;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.security.AuthenticatorChain;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Refuses web pages of another origin, and foreign hosts while there are no keys, at an endpoint that needs no key and calls
 * instances: their calls are the operator's expense. Thread-safe.
 */
public final class NoForeignPage implements Processor {

    private final AuthenticatorChain chain;

    public NoForeignPage(AuthenticatorChain chain) {
        this.chain = chain;
    }

    @Override
    public void process(Exchange exchange) {
        ApiError refusal = chain.decideWithoutKey(AdminRequest.of(exchange).http()::getHeader).refusal();
        if (refusal != null) {
            throw refusal.exception();
        }
    }
}
