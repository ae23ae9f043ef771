package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** The recipients of a step as endpoints that Camel may resolve. */
abstract class GuardedExpression implements Expression {

    /** @throws dev.openaigateway.openai.ApiException {@code rule_error} if the request has put something into them that is no text */
    abstract Object recipients(Exchange exchange);

    @Override
    public final <T> T evaluate(Exchange exchange, Class<T> type) {
        Object recipients = recipients(exchange);
        return type.isInstance(recipients) ? type.cast(recipients) : exchange.getContext().getTypeConverter().convertTo(type, exchange, recipients);
    }

    @Override
    public void init(CamelContext context) {
        // Made with its context.
    }
}
