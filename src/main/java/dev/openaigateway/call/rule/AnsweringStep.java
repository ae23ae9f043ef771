package dev.openaigateway.call.rule;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ExchangeSlot;
import org.apache.camel.Exchange;

/**
 * The step of a rule that has last set the message body, the status or the model of an exchange. If no instance responds, its answer is
 * the response.
 *
 * @param name the step in logs and traces, such as {@code routing/cheap}
 * @param text the step in messages, such as {@code step 'cheap' of route 'routing' (routing.camel.yaml:24)}
 */
public record AnsweringStep(String name, String text) {

    private static final ExchangeSlot<AnsweringStep> SLOT = new ExchangeSlot<>(AnsweringStep.class);

    public void attach(Exchange exchange) {
        SLOT.set(exchange, this);
    }

    /** Null if no step has set any of them. */
    public static AnsweringStep of(Exchange exchange) {
        return SLOT.get(exchange);
    }

    /** Makes the step the rule that the call is recorded with, unless one is recorded already. */
    public static void recordAsRule(Exchange exchange, Call call) {
        AnsweringStep step = of(exchange);
        if (step != null && call.result().rule() == null) {
            call.result().ruledBy(step.name());
        }
    }
}
