package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.simple.SimpleExpressionParser;
import org.apache.camel.language.simple.ast.LiteralNode;
import org.apache.camel.language.simple.ast.SimpleNode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URI in which functions of simple stand, such as <code>instance:${header.x-team}</code>. The rule gives the component and the
 * names of the options; what a function gives is encoded, so that it is a part of a name or the value of an option and nothing else.
 */
final class UriTemplate extends GuardedExpression {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][\\w+.-]*):.*", Pattern.DOTALL);

    private final String text;
    private final List<Part> parts;

    private UriTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = parts;
    }

    /** Text of a URI at run time. */
    @FunctionalInterface
    private interface Part {
        String of(Exchange exchange);
    }

    /**
     * @param text      without placeholders
     * @param delimiter what separates the URIs in it
     * @param original  the expression of the text, for one that does not begin with a component
     */
    static GuardedExpression of(CamelContext context, String text, Delimiter delimiter, Expression original) {
        List<SimpleNode> nodes = new Parser(context, text).nodes();
        Matcher scheme = nodes.isEmpty() || !(nodes.get(0) instanceof LiteralNode first) ? null : SCHEME.matcher(first.getText());
        return scheme == null || !scheme.matches() ? new ComputedRecipients(original) : new UriTemplate(text, parts(context, text, nodes, delimiter));
    }

    private static List<Part> parts(CamelContext context, String text, List<SimpleNode> nodes, Delimiter delimiter) {
        List<Part> parts = new ArrayList<>();
        StringBuilder before = new StringBuilder();
        for (SimpleNode node : nodes) {
            if (node instanceof LiteralNode literal) {
                String constant = literal.getText();
                parts.add(exchange -> constant);
                before.append(constant);
            } else {
                parts.add(part(context, text, node, new UriPosition(before.toString(), delimiter)));
            }
        }
        return parts;
    }

    /** The components {@code request:} and {@code reject:} evaluate their options themselves, so these stay as the rule has them. */
    private static Part part(CamelContext context, String text, SimpleNode node, UriPosition position) {
        if (position.isEvaluatedByComponent()) {
            String option = ClientText.encoded(node.toString());
            return exchange -> option;
        }
        Expression function = node.createExpression(context, text);
        function.init(context);
        return exchange -> {
            String value = function.evaluate(exchange, String.class);
            return value == null ? "" : position.text(value);
        };
    }

    @Override
    Object recipients(Exchange exchange) {
        StringBuilder uri = new StringBuilder();
        parts.forEach(part -> uri.append(part.of(exchange)));
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
