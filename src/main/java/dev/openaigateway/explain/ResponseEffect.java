package dev.openaigateway.explain;

import dev.openaigateway.call.rule.RuledResponse;
import org.apache.camel.Exchange;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.ExchangeHelper;

import java.util.HashMap;
import java.util.Map;

/** What a step of a rule does with the response of an instance, beside what Camel does. */
@FunctionalInterface
interface ResponseEffect {

    /** Called before the step; returns what to do after it, also if it has failed. */
    Runnable before(Exchange exchange);

    /** Null if the step has none. */
    static ResponseEffect of(ProcessorDefinition<?> step) {
        if (step instanceof SetHeaderDefinition || step instanceof SetHeadersDefinition) {
            return ResponseEffect::noteHeaders;
        }
        String variable = step instanceof ToDefinition to ? to.getVariableReceive() : step instanceof ToDynamicDefinition to ? to.getVariableReceive()
                : step instanceof EnrichDefinition enrich ? enrich.getVariableReceive() : null;
        return variable == null ? null : exchange -> () -> showVariable(exchange, variable);
    }

    /** What other steps leave in the message, such as the headers of a service that was asked, is not for the client. */
    private static Runnable noteHeaders(Exchange exchange) {
        RuledResponse response = RuledResponse.of(exchange);
        if (response == null) {
            return () -> { };
        }
        Map<String, Object> before = new HashMap<>(exchange.getMessage().getHeaders());
        return () -> exchange.getMessage().getHeaders().forEach((name, value) -> {
            if (before.get(name) != value) {
                response.set(name, value);
            }
        });
    }

    /** Makes a response text that was received in a variable. */
    private static void showVariable(Exchange exchange, String variable) {
        Object received = ExchangeHelper.getVariable(exchange, variable);
        Object shown = RuledResponse.text(received);
        if (shown != received) {
            ExchangeHelper.setVariable(exchange, variable, shown);
        }
    }
}
