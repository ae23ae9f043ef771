package dev.openaigateway.routing;

import dev.openaigateway.api.Call;
import org.apache.camel.Exchange;

/** How long a request's prompt is. */
@FunctionalInterface
public interface PromptLength {

    /** Tokens; counted at the first question, and known from then on. */
    long tokens(Exchange exchange, Call call);
}
