package dev.openaigateway.entry;

import dev.openaigateway.admission.RequestIds;
import dev.openaigateway.api.Call;
import dev.openaigateway.api.Errors;
import dev.openaigateway.api.MemoryBudget;
import dev.openaigateway.api.MemoryLease;
import dev.openaigateway.relay.ClientConnection;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.support.SynchronizationAdapter;

import java.time.InstantSource;
import java.util.function.Consumer;

/** The first step: opens the call under the id that the answer bears already, and makes sure that it is settled however it ends. */
public final class Accept implements Processor {

    /** Bytes of heap that any call takes: its buffers, its exchange, the stack of its thread. */
    private static final long SMALLEST = 32 * 1024;

    private final InstantSource clock;
    private final InFlight inFlight;
    private final MemoryBudget memory;
    private final Consumer<Call> journal;

    /** @param journal told of every call when it is settled */
    public Accept(InstantSource clock, InFlight inFlight, MemoryBudget memory, Consumer<Call> journal) {
        this.clock = clock;
        this.inFlight = inFlight;
        this.memory = memory;
        this.journal = journal;
    }

    @Override
    public void process(Exchange exchange) {
        HttpMessage message = ClientRequest.message(exchange);
        String requestId = message.getResponse().headers().get(RequestIds.HEADER);
        Call call = new Call(exchange, requestId, clock.instant(), System.nanoTime(), new ClientConnection(message.getResponse()));
        call.asksFor(exchange.getProperty(ReadRequest.OPERATION, String.class));
        exchange.setProperty(Call.PROPERTY, call);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                call.settle();
            }
        });
        call.onSettle(journal);
        IncomingBody body = IncomingBody.of(message.getRequest());
        if (body != null) {
            call.memory().hold(body.takeLease());
        }
        MemoryLease lease = memory.lease();
        call.memory().hold(lease);
        inFlight.enter(call);
        if (!lease.grow(SMALLEST)) {
            throw Errors.memoryFull().exception();
        }
    }
}
