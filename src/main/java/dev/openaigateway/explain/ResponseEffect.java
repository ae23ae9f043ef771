package dev.openaigateway.explain;

import dev.openaigateway.call.rule.InstanceResponse;
import org.apache.camel.Exchange;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.ExchangeHelper;

/** What a step of a rule does with the response of an instance, beside what Camel does. */
@FunctionalInterface
interface ResponseEffect {

    /** Called before the step; returns what to do after it, also if it has failed. */
    Runnable before(Exchange exchange);

    /** Null if the step has none. */
    static ResponseEffect of(ProcessorDefinition<?> step) {
        if (step instanceof SetHeaderDefinition || step instanceof SetHeadersDefinition || step instanceof RemoveHeaderDefinition
                || step instanceof RemoveHeadersDefinition) {
            return new HeaderEffect(step);
        }
        String variable = step instanceof ToDefinition to ? to.getVariableReceive() : step instanceof ToDynamicDefinition to ? to.getVariableReceive()
                : step instanceof EnrichDefinition enrich ? enrich.getVariableReceive() : null;
        return variable == null ? null : exchange -> () -> showVariable(exchange, variable);
    }

    /** Makes a response text that was received in a variable. */
    private static void showVariable(Exchange exchange, String variable) {
        Object received = ExchangeHelper.getVariable(exchange, variable);
        Object shown = InstanceResponse.text(received);
        if (shown != received) {
            ExchangeHelper.setVariable(exchange, variable, shown);
        }
    }
}
