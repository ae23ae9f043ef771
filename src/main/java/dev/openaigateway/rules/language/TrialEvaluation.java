package dev.openaigateway.rules.language;

import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.config.load.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;

import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Finds in {@code simple} and {@code jsonpath} what is wrong for every request, but shows only when the expression is evaluated: regular
 * expressions, ranges, classes, dates, paths. Expressions that may have an effect are not evaluated.
 */
public final class TrialEvaluation {

    /** By name: its jar comes with camel-jsonpath and is no dependency of the gateway's own. */
    private static final String INVALID_PATH = "com.jayway.jsonpath.InvalidPathException";
    private static final Pattern ZONE = Pattern.compile("\\$\\{date-with-timezone:[^:}]+:([^:}]+):");
    private static final Pattern RANDOM = Pattern.compile("\\$\\{random\\(([^)$]*)\\)");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{properties:([^:}?!]+)}");
    private static final Set<String> WITHOUT_EFFECT = Set.of("body", "bodyAs", "date", "empty", "exchangeProperty", "hash", "header",
            "headerAs", "headers", "mandatoryBodyAs", "messageAs", "random", "type", "uuid", "variable", "variableAs");
    private static final Pattern MEMBER = Pattern.compile("\\$\\{(exchange|camelContext)\\.(\\w+)");
    private static final Pattern AS_TEXT = Pattern.compile("\\$\\{(mandatoryB|b)odyAs\\((java\\.lang\\.)?String\\)\\??\\.\\w+[^{}]*}");
    /** An argument or a right operand that is known only with the request. */
    private static final Pattern OF_REQUEST = Pattern.compile("\\$\\{date(-with-timezone)?:(in\\.)?(header|exchangeProperty|variable)[.\\[]"
            + "|(\\b(is|range|regex|in|contains|starts|ends|with)|[=~<>])\\s+['\"]?\\$\\{");
    private static final Pattern TEXT_OF_BODY = Pattern.compile("\\$\\{body[.\\[?]");

    private TrialEvaluation() {
    }

    /**
     * The reason for which a condition fails; empty if none is found.
     *
     * @param textBody whether the body is the JSON text of the request, which has no members to ask for
     */
    public static Optional<String> problem(CamelContext context, Predicate condition, String text, boolean textBody) {
        return wrongArgument(context, text).or(() -> isWithoutEffect(text) ? reason(text, textBody, () -> condition.matches(ExampleRequest.exchange(context)))
                : Optional.empty());
    }

    /** The reason for which an expression fails, as {@link #problem(CamelContext, Predicate, String, boolean)}. */
    public static Optional<String> problem(CamelContext context, Expression expression, String text, boolean textBody) {
        return wrongArgument(context, text).or(() -> isWithoutEffect(text)
                ? reason(text, textBody, () -> expression.evaluate(ExampleRequest.exchange(context), Object.class)) : Optional.empty());
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

    private static Optional<String> wrongArgument(CamelContext context, String text) {
        Matcher random = RANDOM.matcher(text);
        while (random.find()) {
            if (!random.group(1).matches("\\s*-?\\d{1,9}\\s*(,\\s*-?\\d{1,9}\\s*)?")) {
                return Optional.of("random needs whole numbers, not " + random.group(1));
            }
        }
        Matcher property = PROPERTY.matcher(text);
        while (property.find()) {
            String key = property.group(1).strip();
            try {
                if (context.getPropertiesComponent().resolveProperty(key).isEmpty()) {
                    return Optional.of("there is no property " + key + DidYouMean.clause(key,
                            context.getPropertiesComponent().loadProperties().stringPropertyNames()).orElse(""));
                }
            } catch (IllegalArgumentException noValue) {
                return Optional.of(String.valueOf(noValue.getMessage()));
            }
        }
        return wrongMember(context, text).or(() -> wrongZone(text));
    }

    /** Looks methods up, since calling one may have an effect. */
    private static Optional<String> wrongMember(CamelContext context, String text) {
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            String name = member.group(2);
            Class<?> type = member.group(1).equals("exchange") ? DefaultExchange.class : context.getClass();
            if (Arrays.stream(type.getMethods()).noneMatch(method -> method.getName().replaceFirst("^(get|is)", "").equalsIgnoreCase(name)
                    || method.getName().equalsIgnoreCase(name))) {
                return Optional.of(member.group(1) + " has no '" + name + "'" + (RuleProperties.NAMES.contains(name) ? "; write ${exchangeProperty." + name + "}" : ""));
            }
        }
        return Optional.empty();
    }

    /** To Java an unknown time zone is GMT. */
    private static Optional<String> wrongZone(String text) {
        Matcher matcher = ZONE.matcher(text);
        while (matcher.find()) {
            try {
                ZoneId.of(matcher.group(1), ZoneId.SHORT_IDS);
            } catch (DateTimeException e) {
                return Optional.of("there is no time zone " + matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> reason(String text, boolean textBody, Runnable evaluation) {
        try {
            evaluation.run();
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("the regular expression is wrong: " + e.getDescription());
        } catch (SimpleIllegalSyntaxException | IllegalArgumentException e) {
            // The example has none of the headers, properties and variables that the request may have.
            return (e instanceof IllegalArgumentException || String.valueOf(e.getMessage()).contains("null")) && OF_REQUEST.matcher(text).find() ? Optional.empty() : Optional.of(String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceFirst(" at location \\d+$", ""));
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
