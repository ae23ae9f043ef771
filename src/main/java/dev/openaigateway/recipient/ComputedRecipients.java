package dev.openaigateway.recipient;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Recipients that an expression gives as a whole, such as one of Groovy. Which part of them is text of the client is unknown, so they
 * may contain nothing that is evaluated.
 */
final class ComputedRecipients extends GuardedExpression {

    private final Expression expression;

    ComputedRecipients(Expression expression) {
        this.expression = expression;
    }

    @Override
    Object recipients(Exchange exchange) {
        Object recipients = expression.evaluate(exchange, Object.class);
        if (recipients instanceof Iterator<?> iterator) {
            List<Object> list = new ArrayList<>();
            iterator.forEachRemaining(list::add);
            return checked(list);
        }
        return checked(recipients);
    }

    private static Object checked(Object recipients) {
        if (recipients instanceof Iterable<?> several) {
            several.forEach(ComputedRecipients::checked);
        } else if (recipients instanceof Object[] several) {
            Arrays.stream(several).forEach(ComputedRecipients::checked);
        } else if (recipients != null) {
            ClientText.requireNothingEvaluated(recipients instanceof byte[] bytes ? new String(bytes) : recipients.toString());
        }
        return recipients;
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
