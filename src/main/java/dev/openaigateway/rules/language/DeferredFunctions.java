package dev.openaigateway.rules.language;

import dev.openaigateway.problem.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.language.simple.SimpleExpressionParser;
import org.apache.camel.language.simple.ast.LiteralNode;
import org.apache.camel.language.simple.ast.SimpleFunctionExpression;
import org.apache.camel.language.simple.ast.SimpleFunctionStart;
import org.apache.camel.language.simple.ast.SimpleNode;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.language.simple.types.SimpleParserException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the functions of {@code simple} whose arguments hold functions, and those in arguments. Camel builds them when a request evaluates them, so that
 * a function that does not exist, or has wrong arguments, fails for each request. Building has no effect; no function is evaluated.
 */
public final class DeferredFunctions {

    /** Looked up when it is built. */
    private static final String CLASS = "type:";
    /** Camel makes an object of the class. */
    private static final String BEAN_OF_CLASS = "bean:type:";
    /** Its default value is taken as it is written. */
    private static final String PROPERTIES = "properties:";
    private static final String NOT_CLOSED = "expected symbol functionEnd but was eol";

    private final CamelContext context;
    private final String text;
    private final List<RuntimeException> failures = new ArrayList<>();

    private DeferredFunctions(CamelContext context, String text) {
        this.context = context;
        this.text = text;
    }

    /** The failures as Camel would throw them, that of a function after those of its arguments; empty if all functions can be built. */
    public static List<RuntimeException> failures(CamelContext context, String text) {
        DeferredFunctions functions = new DeferredFunctions(context, text);
        try {
            new Parser(context, text).parseTokens().forEach(functions::build);
        } catch (SimpleParserException reportedElsewhere) {
            return List.of();
        }
        return functions.failures;
    }

    private void build(SimpleNode node) {
        if (node instanceof SimpleFunctionStart start) {
            List<SimpleNode> parts = start.getBlock().getChildren();
            String content = start.getBlock().toString();
            if (!content.startsWith(PROPERTIES)) {
                parts.forEach(this::build);
            }
            if (!content.startsWith(BEAN_OF_CLASS) && parts.stream().allMatch(DeferredFunctions::isKnown)) {
                build(start, content);
            }
        }
    }

    /** Camel evaluates the name of a class in an argument before it builds the function. */
    private static boolean isKnown(SimpleNode part) {
        return part instanceof LiteralNode || part instanceof SimpleFunctionStart nested && !nested.getBlock().toString().startsWith(CLASS);
    }

    private void build(SimpleFunctionStart start, String content) {
        SimpleFunctionExpression function = new SimpleFunctionExpression(start.getToken(), null, false);
        function.addText(content);
        try {
            function.createExpression(context, content);
        } catch (SimpleParserException e) {
            failures.add(new SimpleIllegalSyntaxException(text, e.getIndex(), e.getMessage(), e));
        } catch (RuntimeException e) {
            failures.add(reason(content, e).<RuntimeException>map(IllegalArgumentException::new).orElse(e));
        }
    }

    /** What Camel's failure means for the writer of the rule; empty if it says so itself. */
    private static Optional<String> reason(String content, RuntimeException failure) {
        Throwable root = RootCause.of(failure);
        if (root instanceof IndexOutOfBoundsException || root instanceof NullPointerException) {
            return Optional.of("${" + content + "} has too few arguments");
        } else if (root instanceof NumberFormatException) {
            return Optional.of("${" + content + "} needs a whole number");
        }
        return content.contains("(") && RootCause.message(failure).startsWith(NOT_CLOSED) ? Optional.of("in ${" + content
                + "} the arguments end at a ')' or ',' of the inner function: put the inner value into an exchange property first") : Optional.empty();
    }

    private static final class Parser extends SimpleExpressionParser {

        Parser(CamelContext context, String text) {
            super(context, text, true, null);
        }

        @Override
        protected List<SimpleNode> parseTokens() {
            return super.parseTokens();
        }
    }
}
