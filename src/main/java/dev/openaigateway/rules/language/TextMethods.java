package dev.openaigateway.rules.language;

import dev.openaigateway.problem.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.component.bean.AmbiguousMethodCallException;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds methods of the body as text whose arguments are wrong for every text. Camel takes many that seem wrong, such as one argument too many, and may choose
 * among methods by the body, so each call is tried on bodies of several types.
 */
final class TextMethods {

    /** With arguments that are the same for every request. */
    private static final Pattern CALL = Pattern.compile("\\$\\{(?:mandatoryB|b)odyAs\\((?:java\\.lang\\.)?String\\)\\??\\.[^{}$]*\\([^{}$]*}");
    private static final List<Object> BODIES = List.of("{\"a\": [1, true]}", "1", "a text (with) 'signs', of more than ten words: one, two and three.",
            "{}".getBytes(StandardCharsets.UTF_8), 1, true, Map.of("a", 1), List.of("a", "b"));

    private TextMethods() {
    }

    /** The reason for which a function fails with each of the bodies; empty if it does not, and for any other function. */
    static Optional<String> wrong(CamelContext context, Language simple, String function) {
        if (!CALL.matcher(function).matches()) {
            return Optional.empty();
        }
        Expression call;
        try {
            call = simple.createExpression(function);
            call.init(context);
        } catch (RuntimeException reportedElsewhere) {
            return Optional.empty();
        }
        Optional<String> reason = Optional.empty();
        for (Object body : BODIES) {
            reason = failure(context, call, body).map(what -> function + " " + what);
            if (reason.isEmpty()) {
                return reason;
            }
        }
        return reason;
    }

    private static Optional<String> failure(CamelContext context, Expression call, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        try {
            call.evaluate(exchange, Object.class);
            return Optional.empty();
        } catch (RuntimeException e) {
            Throwable root = RootCause.of(e);
            return Optional.ofNullable(root instanceof AmbiguousMethodCallException ? "has arguments that fit no method of a text"
                    : root instanceof NumberFormatException ? "needs a number as argument"
                    : root instanceof NoTypeConversionAvailableException ? "has an argument of a wrong type" : null);
        }
    }
}
