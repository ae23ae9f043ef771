package dev.openaigateway.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.openaigateway.call.rule.RuleValue;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The value of an endpoint's parameter: a constant, or a simple expression if it contains <code>${</code>. A constant that is
 * valid JSON is that value, any other is a text. The result of an expression keeps its type, and a text stays a text, so that text of a
 * client cannot become anything else. Thread-safe.
 */
final class ValueSource {

    private final String text;
    private final Expression expression;

    /** @throws org.apache.camel.ExpressionIllegalSyntaxException if it is an expression that does not parse */
    ValueSource(CamelContext context, String text) {
        this.text = text;
        this.expression = text.contains("${") ? context.resolveLanguage("simple").createExpression(text) : null;
        if (expression != null) {
            expression.init(context);
        }
    }

    boolean isConstant() {
        return expression == null;
    }

    /** The value as text. */
    String text(Exchange exchange) {
        String result = expression == null ? text : RuleValue.text(expression.evaluate(exchange, Object.class), exchange);
        return result == null ? "" : result;
    }

    /** The value as JSON; {@code null} for an expression without a result. */
    String json(Exchange exchange) {
        if (expression == null) {
            return isJson(text) ? text.strip() : JsonPath.quoted(text);
        }
        return RuleValue.json(expression.evaluate(exchange, Object.class), exchange);
    }

    private static boolean isJson(String text) {
        try {
            return !text.isBlank() && !Json.STRICT.readTree(text).isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return text;
    }

    /** Created on first use, to keep it out of the start-up time (benchmark row "start to first response"). */
    private static final class Json {

        static final ObjectReader STRICT = new ObjectMapper().reader(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
