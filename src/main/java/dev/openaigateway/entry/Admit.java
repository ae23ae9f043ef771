package dev.openaigateway.entry;

import dev.openaigateway.admission.Authentication;
import dev.openaigateway.api.Call;
import dev.openaigateway.api.Errors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** May this client ask this now? */
public final class Admit implements Processor {

    static final String ACCEPTED = "authentication";

    @Override
    public void process(Exchange exchange) {
        Call call = Call.of(exchange);
        Authentication.Accepted accepted = exchange.getProperty(ACCEPTED, Authentication.Accepted.class);
        if (accepted.forModel(call.model()) instanceof Authentication.ForbiddenModel) {
            throw Errors.modelNotAllowed(call.model()).exception();
        }
    }
}
