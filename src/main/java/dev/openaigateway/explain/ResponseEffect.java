package dev.openaigateway.explain;

import dev.openaigateway.call.rule.RuledResponse;
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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What a step of a rule does with the response of an instance, beside what Camel does. */
@FunctionalInterface
interface ResponseEffect {

    /** Called before the step; returns what to do after it, also if it has failed. */
    Runnable before(Exchange exchange);

    /** Null if the step has none. */
    static ResponseEffect of(ProcessorDefinition<?> step) {
        if (step instanceof SetHeaderDefinition || step instanceof SetHeadersDefinition || step instanceof RemoveHeaderDefinition
                || step instanceof RemoveHeadersDefinition) {
            Set<String> names = names(step);
            return exchange -> noteHeaders(exchange, names);
        }
        String variable = step instanceof ToDefinition to ? to.getVariableReceive() : step instanceof ToDynamicDefinition to ? to.getVariableReceive()
                : step instanceof EnrichDefinition enrich ? enrich.getVariableReceive() : null;
        return variable == null ? null : exchange -> () -> showVariable(exchange, variable);
    }

    /** The headers that the step sets, as far as their names are known without a request. */
    private static Set<String> names(ProcessorDefinition<?> step) {
        List<SetHeaderDefinition> headers = step instanceof SetHeaderDefinition header ? List.of(header)
                : step instanceof SetHeadersDefinition several ? several.getHeaders() : List.of();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.stream().map(SetHeaderDefinition::getName).filter(Objects::nonNull).forEach(names::add);
        return names;
    }

    /**
     * What other steps leave in the message, such as the headers of a service that was asked, is not for the client.
     *
     * @param names set by the step, perhaps to the value that the header of the request has
     */
    private static Runnable noteHeaders(Exchange exchange, Set<String> names) {
        RuledResponse response = RuledResponse.of(exchange);
        if (response == null) {
            return () -> { };
        }
        Map<String, Object> before = new HashMap<>(exchange.getMessage().getHeaders());
        return () -> {
            Map<String, Object> after = exchange.getMessage().getHeaders();
            before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(response::remove);
            after.forEach((name, value) -> {
                if (before.get(name) != value || names.contains(name)) {
                    response.set(name, value);
                }
            });
        };
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
