package dev.openaigateway.explain;

import dev.openaigateway.call.rule.InstanceResponse;
import org.apache.camel.Exchange;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets and removes headers of a response as a step does. What other steps leave in the message, such as the headers of a service that was
 * asked, is not for the client.
 */
final class HeaderEffect implements ResponseEffect {

    /** Set by the step as far as is known without a request, perhaps to the value that the header of the request has. */
    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    HeaderEffect(ProcessorDefinition<?> step) {
        List<SetHeaderDefinition> headers = step instanceof SetHeaderDefinition header ? List.of(header)
                : step instanceof SetHeadersDefinition several ? several.getHeaders() : List.of();
        headers.stream().map(SetHeaderDefinition::getName).filter(Objects::nonNull).forEach(names::add);
    }

    @Override
    public Runnable before(Exchange exchange) {
        InstanceResponse response = InstanceResponse.of(exchange);
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
}
