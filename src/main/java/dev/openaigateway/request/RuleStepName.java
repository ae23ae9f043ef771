package dev.openaigateway.request;

import org.apache.camel.Exchange;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.ExchangeHelper;

/** Names the step of a rule at which an exchange is, for messages: route, step, and file with line if they are known. */
public final class RuleStepName {

    private RuleStepName() {
    }

    /** Such as {@code step 'cap' of route 'routing' (routing.camel.yaml:14)}. */
    public static String of(Exchange exchange) {
        String route = ExchangeHelper.getRouteId(exchange);
        String step = exchange.getExchangeExtension().getHistoryNodeId();
        String source = exchange.getExchangeExtension().getHistoryNodeSource();
        return (isNamed(exchange, step) ? "step '" + step + "'" : "a step") + (route == null ? "" : " of route '" + route + "'")
                + (source == null ? "" : " (" + file(source) + ")");
    }

    /** Camel generates the names of the other steps, which mean nothing to the author of the rule. */
    private static boolean isNamed(Exchange exchange, String step) {
        ProcessorDefinition<?> definition = step == null ? null
                : exchange.getContext().getCamelContextExtension().getContextPlugin(Model.class).getProcessorDefinition(step);
        return definition != null && definition.hasCustomIdAssigned();
    }

    /** Camel leaves out the last extension. */
    private static String file(String source) {
        return source.substring(source.lastIndexOf('/') + 1).replaceFirst("^[a-z]+:(?=\\D)", "").replaceFirst("\\.camel:(\\d+)$", ".camel.yaml:$1");
    }
}
