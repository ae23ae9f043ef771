package dev.openaigateway.recipient;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ObjectHelper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The recipients that an expression gives, with endpoints in place of the URIs of those that belong to the version of the route. */
final class OwnRecipients extends GuardedExpression {

    private final Expression expression;
    private final Delimiter delimiter;
    private final OwnEndpoints own;

    OwnRecipients(Expression expression, Delimiter delimiter, OwnEndpoints own) {
        this.expression = expression;
        this.delimiter = delimiter;
        this.own = own;
    }

    @Override
    Object recipients(Exchange exchange) {
        Object recipients = expression.evaluate(exchange, Object.class);
        if (recipients instanceof Iterable<?> several) {
            return each(several);
        }
        if (recipients instanceof Object[] several) {
            return each(Arrays.asList(several));
        }
        if (!(recipients instanceof String text) || !own.mayBeIn(text)) {
            return recipients;
        }
        return delimiter.isNone() ? endpoint(text) : each(ObjectHelper.createIterable(text, delimiter.text()));
    }

    private List<Object> each(Iterable<?> recipients) {
        List<Object> endpoints = new ArrayList<>();
        recipients.forEach(recipient -> endpoints.add(endpoint(recipient)));
        return endpoints;
    }

    private Object endpoint(Object recipient) {
        return recipient instanceof String uri ? own.find(uri.strip()).map(Object.class::cast).orElse(uri) : recipient;
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
