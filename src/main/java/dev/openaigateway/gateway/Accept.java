package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLabels;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.memory.CallMemory;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.server.IncomingBody;
import dev.openaigateway.server.RequestIds;
import dev.openaigateway.server.response.ClientConnection;
import io.vertx.core.http.HttpHeaders;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;

import java.time.InstantSource;

/** The first step: creates the call with the response's request id, and completes it however the exchange ends. */
public final class Accept implements Processor {

    private final InstantSource clock;
    private final InFlight inFlight;
    private final MemoryBudget memory;
    private final CallListener listener;

    /** @param listener notified when a call is accepted and when it completes */
    public Accept(InstantSource clock, InFlight inFlight, MemoryBudget memory, CallListener listener) {
        this.clock = clock;
        this.inFlight = inFlight;
        this.memory = memory;
        this.listener = listener;
    }

    @Override
    public void process(Exchange exchange) {
        HttpMessage message = ClientRequest.message(exchange);
        String requestId = message.getResponse().headers().get(RequestIds.HEADER);
        Call call = new Call(exchange, requestId, clock.instant(), System.nanoTime(), new ClientConnection(message.getRequest())).attach();
        call.label(new CallLabels(exchange.getProperty(RuleProperties.OPERATION, String.class),
                message.getRequest().getHeader(HttpHeaders.USER_AGENT), null, null));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                call.complete();
            }
        });
        call.onComplete(listener::completed);
        IncomingBody body = IncomingBody.of(message.getRequest());
        if (body != null) {
            call.memory().hold(body.takeLease());
        }
        MemoryLease lease = memory.lease();
        call.memory().hold(lease);
        listener.accepted(call);
        inFlight.enter(call);
        if (!lease.grow(CallMemory.LEAST)) {
            throw Errors.memoryFull(call.memory().couldGrow(CallMemory.LEAST)).exception();
        }
    }
}
