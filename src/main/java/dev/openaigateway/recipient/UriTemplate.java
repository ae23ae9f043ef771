package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.simple.SimpleExpressionParser;
import org.apache.camel.language.simple.ast.LiteralNode;
import org.apache.camel.language.simple.ast.SimpleNode;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI in which functions of simple stand, such as <code>instance:${header.x-team}</code>. The rule gives the component and the
 * names of the options; what a function gives is encoded, so that it is a part of a name or the value of an option and nothing else.
 */
final class UriTemplate extends GuardedExpression {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][\\w+.-]*):.*", Pattern.DOTALL);

    private final String text;
    private final List<Function<Exchange, String>> parts;

    private UriTemplate(String text, List<Function<Exchange, String>> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * @param text      without placeholders
     * @param delimiter what separates the URIs in it
     * @param original  the expression of the text, for one that does not begin with a component
     */
    static GuardedExpression of(CamelContext context, String text, Delimiter delimiter, Expression original) {
        List<SimpleNode> nodes = new Parser(context, text).nodes();
        Matcher scheme = nodes.isEmpty() || !(nodes.get(0) instanceof LiteralNode first) ? null : SCHEME.matcher(first.getText());
        return scheme == null || !scheme.matches() ? new ComputedRecipients(original, delimiter) : new UriTemplate(text, parts(context, text, nodes, delimiter));
    }

    private static List<Function<Exchange, String>> parts(CamelContext context, String text, List<SimpleNode> nodes, Delimiter delimiter) {
        UriSegments segments = new UriSegments(context, delimiter);
        for (SimpleNode node : nodes) {
            if (node instanceof LiteralNode literal) {
                segments.add(literal.getText());
            } else if (segments.position().isEvaluatedByComponent()) {
                // The components request: and reject: evaluate their options themselves, so these stay as the rule has them.
                String option = ClientText.encoded(node.toString());
                segments.add(exchange -> option);
            } else {
                segments.add(function(context, text, node));
            }
        }
        return segments.all();
    }

    private static Function<Exchange, String> function(CamelContext context, String text, SimpleNode node) {
        Expression function = node.createExpression(context, text);
        function.init(context);
        return exchange -> {
            String value = Objects.requireNonNullElse(function.evaluate(exchange, String.class), "");
            ClientText.requireUnmarked(value);
            return value;
        };
    }

    @Override
    Object recipients(Exchange exchange) {
        StringBuilder uri = new StringBuilder();
        parts.forEach(part -> uri.append(part.apply(exchange)));
        return uri.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Gives the literals and functions that an expression consists of. */
    private static final class Parser extends SimpleExpressionParser {

        Parser(CamelContext context, String text) {
            super(context, text, true, null);
        }

        List<SimpleNode> nodes() {
            return parseTokens();
        }
    }
}
