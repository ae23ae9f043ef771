package dev.openaigateway.rules.names;

import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.problem.DidYouMean;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds members asked of the gateway's exchange properties in {@code simple} that their values cannot have, such as a misspelt method of a text. */
final class PropertyMembers {

    private static final Map<String, Class<?>> TYPES = types();
    private static final Pattern ASKED = Pattern.compile("\\$\\{exchangeProperty(?:\\.|\\[['\"]?)(" + String.join("|", TYPES.keySet())
            + ")(?:['\"]?])?\\??\\.(\\w+)(\\(?)");

    private PropertyMembers() {
    }

    private static Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new HashMap<>();
        List.of(RuleProperties.MODEL, RuleProperties.ALIAS, RuleProperties.OPERATION, RuleProperties.CLIENT, RuleProperties.USER, RuleProperties.SESSION,
                RuleProperties.DEPLOYMENT, RuleProperties.QUERY, RuleProperties.REQUEST_ID).forEach(text -> types.put(text, String.class));
        types.put(RuleProperties.STREAM, Boolean.class);
        types.put(RuleProperties.SIZE, Integer.class);
        return types;
    }

    /**
     * The end of a sentence about an expression that asks for one; empty if none is found.
     *
     * @param set names of the properties that steps set, also to values of other types
     */
    static Optional<String> wrong(String text, Set<String> set) {
        return ASKED.matcher(text).results().filter(asked -> set.stream().noneMatch(name -> isOrBeginsWith(name, asked.group(1))))
                .flatMap(asked -> wrong(asked).stream()).findFirst();
    }

    /** A name with dots is looked up before a member. */
    private static boolean isOrBeginsWith(String set, String name) {
        return set.equals(name) || set.startsWith(name + ".") || set.contains("${") || set.contains("{{");
    }

    private static Optional<String> wrong(MatchResult asked) {
        Class<?> type = TYPES.get(asked.group(1));
        String name = asked.group(2);
        boolean isCall = !asked.group(3).isEmpty();
        Set<String> known = Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
        boolean isKnown = known.contains(name) || !isCall && known.stream().anyMatch(method -> method.replaceFirst("^(get|is)", "").equalsIgnoreCase(name));
        String kind = type == String.class ? "a text" : type == Boolean.class ? "true or false" : "a number";
        return isKnown ? Optional.empty() : Optional.of("which fails: exchange property '" + asked.group(1) + "' is " + kind + ", which has no '" + name + "'"
                + DidYouMean.typo(name, known).map(DidYouMean::clause).orElse(""));
    }
}
