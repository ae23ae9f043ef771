package dev.openaigateway.recipient;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/** The expression of a {@code dynamicRouter}. If it throws, Camel's router never ends the exchange, so the failure is put into that, and there are no recipients. */
final class RouterExpression extends GuardedExpression {

    private final Expression expression;

    RouterExpression(Expression expression) {
        this.expression = expression;
    }

    @Override
    Object recipients(Exchange exchange) {
        try {
            return expression.evaluate(exchange, Object.class);
        } catch (RuntimeException e) {
            exchange.setException(e);
            return null;
        }
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
