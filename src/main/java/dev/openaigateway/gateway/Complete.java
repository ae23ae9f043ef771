package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.explain.Explanation;
import dev.openaigateway.explain.SafeInDryRun;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The last step, also for failed requests: takes the answer of a rule, in place of an instance or of its response, and completes the call,
 * which updates reservations, statistics and the access log. For a copy of a request it completes the copy, which has none of these.
 */
public final class Complete implements Processor, SafeInDryRun {

    @Override
    public void process(Exchange exchange) {
        Call call = Call.findOrMirror(exchange);
        if (call == null) {
            return;
        }
        if (call.result().status() == 0 && Explanation.find(exchange) == null) {
            if (RuleAnswerSender.isDue(call)) {
                RuleAnswerSender.send(exchange, call);
            } else {
                RuleAnswerSender.replace(exchange, call);
            }
        }
        if (call.result().status() == 0) {
            call.result().succeeded();
        }
        call.complete();
    }
}
