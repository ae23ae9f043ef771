package dev.openaigateway.rules.language;

import dev.openaigateway.problem.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.Language;

import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Finds in {@code simple} and {@code jsonpath} what is wrong for every request, but shows only when the expression is evaluated: regular
 * expressions, ranges, classes, dates, paths. Expressions that may have an effect are not evaluated.
 */
public final class TrialEvaluation {

    /** By name: its jar comes with camel-jsonpath and is no dependency of the gateway's own. */
    private static final String INVALID_PATH = "com.jayway.jsonpath.InvalidPathException";
    private static final Set<String> WITHOUT_EFFECT = Set.of("body", "bodyAs", "bodyOneLine", "camelId", "collate", "date", "empty", "exchangeId", "exchangeProperty",
            "fromRouteId", "hash", "header", "headerAs", "headers", "id", "iif", "list", "mandatoryBodyAs", "map", "messageAs", "messageTimestamp",
            "null", "pretty", "prettyBody", "random", "replace", "routeId", "skip", "substring", "threadId", "threadName", "type", "uuid", "variable", "variableAs", "variables");
    private static final Pattern AS_TEXT = Pattern.compile("\\$\\{(mandatoryB|b)odyAs\\((java\\.lang\\.)?String\\)\\??\\.\\w+[^{}]*}");
    /** An argument or a right operand that is known only with the request. */
    private static final Pattern OF_REQUEST = Pattern.compile("\\$\\{date(-with-timezone)?:(in\\.)?(header|exchangeProperty|variable)[.\\[]"
            + "|(\\b(is|range|regex|in|contains|starts|ends|with)|[=~<>])\\s+['\"]?\\$\\{");
    /** Both ends of a range stand in one operand. */
    private static final Pattern RANGE_OF_REQUEST = Pattern.compile("\\brange\\s+(['\"])(?:(?!\\1).)*\\$\\{");
    private static final Pattern TEXT_OF_BODY = Pattern.compile("\\$\\{body[.\\[?]");

    private TrialEvaluation() {
    }

    /**
     * The reason for which a valid expression fails; empty if none is found. Its operands and functions are evaluated each by itself, too: in the whole,
     * the example may not reach them, or one beside them may have an effect.
     *
     * @param textBody whether the body is the JSON text of the request, which has no members to ask for
     */
    public static Optional<String> problem(CamelContext context, Language simple, String text, boolean isCondition, boolean textBody) {
        Stream<Supplier<Optional<String>>> parts = Stream.concat(Stream.of(text), isCondition ? SimpleFunction.conditions(text).stream() : Stream.empty()).distinct()
                .map(part -> () -> part(context, simple, part, isCondition, textBody));
        Stream<Supplier<Optional<String>>> functions = SimpleFunction.in(text).stream()
                .map(function -> () -> part(context, simple, "${" + function.content() + "}", false, textBody));
        Stream<Supplier<Optional<String>>> calls = SimpleFunction.in(text).stream()
                .map(function -> () -> TextMethods.wrong(context, simple, "${" + function.content() + "}"));
        return SimpleArguments.wrong(context, text)
                .or(() -> Stream.of(parts, functions, calls).flatMap(Function.identity()).flatMap(part -> part.get().stream()).findFirst());
    }

    /** A part that cannot be parsed is none: the whole can. */
    private static Optional<String> part(CamelContext context, Language simple, String text, boolean isCondition, boolean textBody) {
        if (!isWithoutEffect(text)) {
            return Optional.empty();
        }
        Runnable evaluation;
        try {
            evaluation = evaluation(context, simple, text, isCondition);
        } catch (RuntimeException reportedElsewhere) {
            return Optional.empty();
        }
        return reason(text, textBody, evaluation);
    }

    private static Runnable evaluation(CamelContext context, Language simple, String text, boolean isCondition) {
        if (isCondition) {
            Predicate condition = simple.createPredicate(text);
            condition.init(context);
            return () -> condition.matches(ExampleRequest.exchange(context));
        }
        Expression expression = simple.createExpression(text);
        expression.init(context);
        return () -> expression.evaluate(ExampleRequest.exchange(context), Object.class);
    }

    /** The reason for which a path is not valid {@code jsonpath}; empty if it is. That the example lacks the path is no reason. */
    public static Optional<String> jsonPath(CamelContext context, Language jsonPath, String text) {
        Expression expression = jsonPath.createExpression(text);
        expression.init(context);
        Exchange exchange = ExampleRequest.exchange(context);
        try {
            expression.evaluate(exchange, Object.class);
            return Optional.empty();
        } catch (RuntimeException e) {
            for (Throwable at = e; at != null; at = at.getCause()) {
                if (at.getClass().getName().equals(INVALID_PATH)) {
                    return Optional.of(RootCause.message(e));
                }
            }
            return Optional.empty();
        }
    }

    private static boolean isWithoutEffect(String text) {
        return WITHOUT_EFFECT.containsAll(SimpleExpressions.functionsIn(text));
    }

    private static Optional<String> reason(String text, boolean textBody, Runnable evaluation) {
        try {
            evaluation.run();
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("the regular expression is wrong: " + e.getDescription());
        } catch (SimpleIllegalSyntaxException | IllegalArgumentException e) {
            // The example has none of the headers, properties and variables that the request may have.
            String message = String.valueOf(e.getMessage());
            boolean isUnknown = (e instanceof IllegalArgumentException || message.contains("null")) && OF_REQUEST.matcher(text).find()
                    || message.contains("range") && RANGE_OF_REQUEST.matcher(text).find();
            return isUnknown ? Optional.empty() : Optional.of(message.lines().findFirst().orElse("").replaceFirst(" at location \\d+$", ""));
        } catch (RuntimeException e) {
            Throwable root = RootCause.of(e);
            if (root instanceof ClassNotFoundException) {
                return Optional.of("there is no class " + String.valueOf(root.getMessage()).replaceFirst("^Cannot find type: ", ""));
            } else if (root instanceof NoSuchAlgorithmException) {
                return Optional.of(String.valueOf(root.getMessage()));
            } else if (root instanceof MethodNotFoundException missing && AS_TEXT.matcher(text).find()) {
                return Optional.of("a text has no method '" + String.valueOf(missing.getMethodName()).replaceFirst("(?s)[(].*", "") + "'");
            }
            return textBody && TEXT_OF_BODY.matcher(text).find()
                    ? Optional.of("the body is text, which has no members; ask with 'jq' or 'jsonpath'") : Optional.empty();
        }
    }
}
