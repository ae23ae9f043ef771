package dev.openaigateway.rules.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.problem.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds in {@code jq} functions that it does not have, assignments, and conditions that are the same for every request. Its parser accepts any
 * name, so the expression is evaluated on an example of a request. That has no side effects. What the example does not reach is not found.
 */
public final class JqExpressions {

    /** Names to suggest. */
    public static final List<String> USUAL = List.of("add", "all", "any", "arrays", "ascii_downcase", "ascii_upcase", "contains", "del", "empty", "endswith",
            "first", "has", "header", "index", "inside", "join", "keys", "last", "length", "ltrimstr", "map", "match", "max",
            "min", "not", "numbers", "objects", "property", "range", "reverse", "rtrimstr", "select", "sort", "split", "startswith", "strings", "sub",
            "test", "to_entries", "tonumber", "tostring", "type", "unique", "variable", "with_entries");

    private static final Pattern TEXT = Pattern.compile("\"(\\\\.|[^\"\\\\])*\"");
    private static final Pattern ASSIGNMENT = Pattern.compile("[^(\\[{]*[^=!<>|+*/%?-]=[^=].*|[^(\\[{]*[^=!<>|+*/%?-]=\\s*");
    private static final Pattern MISSING = Pattern.compile("Function (\\w+)/\\d+ does not exist|(\\$\\w+) is not defined|Formatting operator (@\\w+) does not exist");

    /** What can take any time or memory; not evaluated here. */
    private static final Pattern UNBOUNDED = Pattern.compile("(?<![.$])\\b(range|repeat|recurse\\w*|while|until|limit|combinations|infinite)\\b|\\*");

    /** Members whose values clients choose. */
    private static final Pattern OF_CLIENT = Pattern.compile("\\.metadata\\s*[.\\[]");

    private static final Pattern AS_TEXT = Pattern.compile("\\s*\\.(stream|max_tokens|max_completion_tokens|temperature|top_p|n|seed)\\s*([=!]=|[<>]=?)\\s*\"[^\"]*\"\\s*");

    private JqExpressions() {
    }

    /** Whether an expression assigns a value at its top, which no condition means. */
    public static boolean assigns(String expression) {
        return ASSIGNMENT.matcher(TEXT.matcher(expression).replaceAll("")).matches();
    }

    /** The end of a sentence about a condition that is the same for every request; empty if it may differ. Camel takes a value other than {@code true} for false. */
    public static Optional<String> noCondition(CamelContext context, Language jq, String text) {
        if (isOpen(text)) {
            return Optional.empty();
        }
        if (AS_TEXT.matcher(text).matches()) {
            return Optional.of("which compares a text with a value that is not one: leave the quotes out");
        }
        return value(context, jq, text, ExampleRequest.exchange(context)) instanceof JsonNode node
                && (node.isNumber() || node.isContainerNode() || node.isTextual() && !node.asText().matches("true|false"))
                ? Optional.of("which is " + kind(node) + ", and so never true: compare it") : Optional.empty();
    }

    /** Whether the value is not known from an example. */
    static boolean isOpen(String text) {
        return UNBOUNDED.matcher(TEXT.matcher(text).replaceAll("")).find() || OF_CLIENT.matcher(text).find();
    }

    /** The value for a request; null if there is none, or the request lacks what is asked. */
    static Object value(CamelContext context, Language jq, String text, Exchange request) {
        Expression expression = jq.createExpression(text);
        expression.init(context);
        try {
            return ForeignCode.call(() -> expression.evaluate(request, Object.class));
        } catch (RuntimeException dependsOnTheRequest) {
            return null;
        }
    }

    private static String kind(JsonNode value) {
        return value.isNumber() ? "a number" : value.isTextual() ? "a text" : value.isArray() ? "a list" : "an object";
    }

    /**
     * The name of a function that does not exist; empty if none is found, and for a text that could take long to evaluate.
     *
     * @throws ForeignCodeException if the expression calls itself without end
     */
    public static Optional<String> missing(CamelContext context, Language jq, String text) {
        if (UNBOUNDED.matcher(TEXT.matcher(text).replaceAll("")).find()) {
            return Optional.empty();
        }
        Expression expression = jq.createExpression(text);
        expression.init(context);
        Exchange exchange = ExampleRequest.exchange(context);
        try {
            ForeignCode.call(() -> expression.evaluate(exchange, Object.class));
        } catch (RuntimeException e) {
            if (e instanceof ForeignCodeException error && error.isTooDeep()) {
                throw e;
            }
            Matcher missing = MISSING.matcher(RootCause.message(e));
            return missing.find() ? IntStream.rangeClosed(1, missing.groupCount()).mapToObj(missing::group).filter(Objects::nonNull).findFirst() : Optional.empty();
        }
        return Optional.empty();
    }
}
