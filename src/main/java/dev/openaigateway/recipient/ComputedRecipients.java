package dev.openaigateway.recipient;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Recipients that an expression gives as a whole, such as one of Groovy. Which part of them is text of the client is unknown, so they
 * may contain nothing that is evaluated or loaded, and name no component that runs its path.
 */
final class ComputedRecipients extends GuardedExpression {

    private final Expression expression;
    private final Delimiter delimiter;

    ComputedRecipients(Expression expression, Delimiter delimiter) {
        this.delimiter = delimiter;
        this.expression = expression;
    }

    @Override
    Object recipients(Exchange exchange) {
        Object recipients = ofJson(expression.evaluate(exchange, Object.class));
        if (recipients instanceof Iterator<?> iterator) {
            List<Object> list = new ArrayList<>();
            iterator.forEachRemaining(list::add);
            return checked(list);
        }
        return checked(recipients);
    }

    /** Camel takes a value of JSON for a list of its members, and then for a text, which would not have been checked. */
    private static Object ofJson(Object value) {
        if (!(value instanceof JsonNode node)) {
            return value;
        }
        List<String> texts = new ArrayList<>();
        node.forEach(each -> texts.add(each.asText()));
        return node.isArray() ? texts : node.isNull() ? null : node.isValueNode() ? node.asText() : node.toString();
    }

    private Object checked(Object recipients) {
        if (recipients instanceof Iterable<?> several) {
            several.forEach(this::checked);
        } else if (recipients instanceof Object[] several) {
            Arrays.stream(several).forEach(this::checked);
        } else if (recipients != null) {
            String text = recipients instanceof byte[] bytes ? new String(bytes) : recipients.toString();
            ClientText.requireNoExpression(text);
            delimiter.split(text).forEach(ClientText::requireEndpoint);
        }
        return recipients;
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
