package dev.openaigateway.rules.language;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.problem.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.spi.Language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds regular expressions in {@code jq} that are wrong, and their flags. jq compiles them when a request reaches them, and {@code try} does not catch the
 * failure. Each is tried on an empty text.
 */
public final class JqPatterns {

    private static final String TEXT = "\"(?:\\\\.|[^\"\\\\])*+\"";
    /** Whole texts and comments come first, so that nothing inside them is found. */
    private static final Pattern CALL = Pattern.compile(TEXT + "|#[^\\n]*|(?<![\\w.$])(?:(?:test|match|capture|scan|splits)\\(\\s*(?<regex>" + TEXT + ")\\s*(?:;\\s*(?<flags>" + TEXT
            + ")\\s*)?\\)|g?sub\\(\\s*(?<replaced>" + TEXT + ")\\s*;|split\\(\\s*(?<split>" + TEXT + ")\\s*;)");
    private static final Pattern DEFINITION = Pattern.compile("\\bdef\\s");

    private JqPatterns() {
    }

    /** What is wrong with the first one, after the text of it; empty if all are right, and for those that are computed. */
    public static Optional<String> wrong(CamelContext context, Language jq, String text) {
        if (DEFINITION.matcher(text).find()) {
            return Optional.empty();
        }
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            String regex = call.group("regex") != null ? call.group("regex") : call.group("replaced") != null ? call.group("replaced") : call.group("split");
            if (regex == null || isComputed(regex)) {
                continue;
            }
            String flags = call.group("flags") == null ? "" : "; " + call.group("flags");
            Optional<String> failure = failure(context, jq, "\"\" | [match(" + regex + flags + ")]");
            if (failure.isPresent()) {
                return Optional.of(regex + ": " + failure.get());
            }
        }
        return Optional.empty();
    }

    /** Whether the text has an expression in it, which begins with a backslash that is not escaped. */
    private static boolean isComputed(String literal) {
        return literal.replace("\\\\", "").contains("\\(");
    }

    private static Optional<String> failure(CamelContext context, Language jq, String probe) {
        Expression expression = jq.createExpression(probe);
        expression.init(context);
        try {
            ForeignCode.call(() -> expression.evaluate(ExampleRequest.exchange(context), Object.class));
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(RootCause.message(e));
        }
    }
}
