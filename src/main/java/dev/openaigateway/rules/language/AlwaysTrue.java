package dev.openaigateway.rules.language;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds an operand of a condition that is true for every request, as each value but {@code false} is to Camel, also the number 0. */
public final class AlwaysTrue {

    /** Properties with numbers that every request has. */
    private static final Set<String> NUMBERS = Set.of("prompt_tokens", "tools", "images", "size");
    private static final Pattern PROPERTY = Pattern.compile("exchangeProperty(?:[.:]|\\[\\s*['\"]?)([\\w-]+)['\"]?]?");
    private static final Pattern NUMBER = Pattern.compile("random\\([^()]*\\)|attachments\\.(size|length)|messageTimestamp|threadId");
    /** Always a text. */
    private static final Pattern TEXT = Pattern.compile("date(-with-timezone)?:(now|exchangeCreated|millis)\\b.*|(uuid|collate|skip)(\\([^()]*\\))?"
            + "|exchangeId|threadName|hostName|camelId|routeId|fromRouteId");
    /** The text 'false' is false. */
    private static final Pattern LITERAL = Pattern.compile("(?!['\"](?i:true|false)['\"])'[^']*'|\"[^\"]*\"|-?\\d+(\\.\\d+)?");

    private AlwaysTrue() {
    }

    /** The end of a sentence about a condition in {@code simple} that has such an operand; empty if it has none. */
    public static Optional<String> in(String condition) {
        List<String> operands = SimpleFunction.conditions(condition);
        Optional<String> text = operands.stream().filter(operand -> operands.size() > 1 && LITERAL.matcher(operand).matches()).findFirst();
        if (text.isPresent()) {
            return Optional.of("in which " + text.get() + " is compared with nothing, and is true for every request: write a comparison on both sides of && and ||");
        }
        return operands.stream().flatMap(operand -> SimpleFunction.in(operand).stream().limit(1)
                .filter(function -> function.start() == 0 && function.end() == operand.length()))
                .flatMap(function -> reason(function.content()).stream()
                        .map(reason -> (operands.size() == 1 ? "which" : "in which ${" + function.content() + "}") + reason)).findFirst();
    }

    /** The end of a sentence about a condition that is the value of an exchange property; empty if that can be false. */
    public static Optional<String> property(String name) {
        return reason("exchangeProperty." + name.strip()).map(reason -> "which" + reason.replace("compare it", "compare it in 'simple'"));
    }

    private static Optional<String> reason(String function) {
        Matcher property = PROPERTY.matcher(function.strip());
        if (property.matches() ? NUMBERS.contains(property.group(1)) : NUMBER.matcher(function.strip()).matches()) {
            String shown = property.matches() ? "exchangeProperty." + property.group(1) : function;
            return Optional.of(" is true for every request, as any number is; compare it: ${" + shown + "} > 0");
        }
        return TEXT.matcher(function.strip()).matches()
                ? Optional.of(" is true for every request, as any text is; compare it: ${" + function + "} == '...'") : Optional.empty();
    }
}
