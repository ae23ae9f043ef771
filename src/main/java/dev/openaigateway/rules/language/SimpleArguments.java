package dev.openaigateway.rules.language;

import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.problem.DidYouMean;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.VariableRepositoryFactory;
import org.apache.camel.support.DefaultExchange;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds arguments of functions of {@code simple} that are wrong as they are written. Camel looks at them when a request evaluates the function. */
final class SimpleArguments {

    private static final Pattern ZONE = Pattern.compile("\\$\\{date-with-timezone:[^:}]+:([^:}$]+):");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{properties:([^:}?!$]+)}");
    private static final Pattern MEMBER = Pattern.compile("\\$\\{(exchange|camelContext)\\.(\\w+)");
    private static final Pattern RANDOM = Pattern.compile("\\$\\{random\\(([^)$]*)\\)");
    private static final Pattern SUBSTRING = Pattern.compile("\\$\\{substring\\(([^,)]*(?:,[^,)]*)?)[,)]");
    private static final Pattern COLLATE = Pattern.compile("\\$\\{collate\\(\\s*((?:-\\d+|0+))\\s*\\)");
    private static final Pattern HASH = Pattern.compile("\\$\\{hash\\([^,)]*,([^)$]*)\\)");
    /** What an expression in another language reads in place of the body. */
    private static final Pattern SOURCE = Pattern.compile("\\$\\{(jq|jsonpath|xpath)\\(['\"]?(exchangeProperty:[^,)$]*|variable:[^,)$:]*:[^,)$]*),");
    private static final Set<String> OF_EXCHANGE = Set.of("header", "exchange");
    private static final String WHOLE = "\\s*['\"]?[+-]?\\d{1,9}['\"]?\\s*";

    private final CamelContext context;
    private final String text;

    private SimpleArguments(CamelContext context, String text) {
        this.context = context;
        this.text = text;
    }

    /** What is wrong with the first such argument; empty if none is. */
    static Optional<String> wrong(CamelContext context, String text) {
        SimpleArguments arguments = new SimpleArguments(context, text);
        return arguments.first(RANDOM, random -> random.group(1).matches("\\s*-?\\d{1,9}\\s*(,\\s*-?\\d{1,9}\\s*)?") ? Optional.empty()
                        : Optional.of("random needs whole numbers, not " + random.group(1)))
                .or(() -> arguments.first(SOURCE, arguments::source))
                .or(() -> arguments.first(PROPERTY, arguments::property))
                .or(() -> arguments.first(MEMBER, arguments::member))
                .or(() -> arguments.first(ZONE, SimpleArguments::zone))
                .or(() -> arguments.first(SUBSTRING, SimpleArguments::substring))
                .or(() -> arguments.first(COLLATE, collate -> Optional.of("collate needs a number above 0, not " + collate.group(1))))
                .or(() -> arguments.first(HASH, SimpleArguments::hash));
    }

    private Optional<String> first(Pattern function, Function<MatchResult, Optional<String>> wrong) {
        return function.matcher(text).results().flatMap(found -> wrong.apply(found).stream()).findFirst();
    }

    private Optional<String> property(MatchResult property) {
        String key = property.group(1).strip();
        try {
            return context.getPropertiesComponent().resolveProperty(key).isPresent() ? Optional.empty() : Optional.of("there is no property " + key
                    + DidYouMean.clause(key, context.getPropertiesComponent().loadProperties().stringPropertyNames()).orElse(""));
        } catch (IllegalArgumentException noValue) {
            return Optional.of(String.valueOf(noValue.getMessage()));
        }
    }

    /** Camel takes what stands before the colon for a repository of variables; two names it reads itself. */
    private Optional<String> source(MatchResult source) {
        String name = source.group(2).replaceFirst("^variable:", "");
        String repository = name.substring(0, name.indexOf(':'));
        if (OF_EXCHANGE.contains(repository) || context.getCamelContextExtension().getContextPlugin(VariableRepositoryFactory.class).getVariableRepository(repository) != null) {
            return Optional.empty();
        }
        return Optional.of(source.group(1) + " reads no " + source.group(2) + (repository.equals("exchangeProperty")
                ? "; write " + source.group(1) + "(property:" + name.substring(repository.length() + 1) + ",...)" : "; there is no repository " + repository));
    }

    /** Looks methods up, since calling one may have an effect. */
    private Optional<String> member(MatchResult member) {
        String name = member.group(2);
        Class<?> type = member.group(1).equals("exchange") ? DefaultExchange.class : context.getClass();
        return Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().replaceFirst("^(get|is)", "").equalsIgnoreCase(name)
                || method.getName().equalsIgnoreCase(name)) ? Optional.empty() : Optional.of(member.group(1) + " has no '" + name + "'"
                + (RuleProperties.NAMES.contains(name) ? "; write ${exchangeProperty." + name + "}" : ""));
    }

    /** To Java an unknown time zone is GMT. */
    private static Optional<String> zone(MatchResult zone) {
        try {
            ZoneId.of(zone.group(1), ZoneId.SHORT_IDS);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of("there is no time zone " + zone.group(1));
        }
    }

    private static Optional<String> substring(MatchResult substring) {
        return Arrays.stream(substring.group(1).split(",")).takeWhile(number -> !number.contains("$")).filter(number -> !number.matches(WHOLE)).findFirst()
                .map(number -> "substring needs whole numbers, not " + number.strip());
    }

    /** An empty value has no hash, so that the algorithm is not looked up. */
    private static Optional<String> hash(MatchResult hash) {
        String algorithm = hash.group(1).strip();
        try {
            MessageDigest.getInstance(algorithm);
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            return Optional.of(e.getMessage() + DidYouMean.clause(algorithm, Security.getAlgorithms("MessageDigest")).orElse(""));
        }
    }
}
