package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.explain.SafeInDryRun;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last step, also for failed requests: completes the call, which updates reservations, statistics and the access
 * log.
 */
public final class Complete implements Processor, SafeInDryRun {

    @Override
    public void process(Exchange exchange) {
        Call call = Call.find(exchange);
        if (call == null) {
            return;
        }
        if (call.result().status() == 0) {
            call.result().ended(200, null);
        }
        call.complete();
    }
}
