package dev.openaigateway.rules.language;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds an operator of {@code simple} within the braces of a function, such as <code>${header.a == 'x'}</code>. Camel takes all that
 * stands there for the name of a header, which no request has, so the condition is never true.
 */
public final class BracedOperator {

    private static final Pattern NAMED = Pattern.compile("\\$\\{((?:headers?|exchangeProperty|variables?|body)\\b(?!As\\()[^{}]*)}");
    /** Where a method or an index may have any text. */
    private static final Pattern ARGUMENTS = Pattern.compile("'[^']*'|\"[^\"]*\"|\\([^()]*\\)|\\[[^\\[\\]]*]");
    private static final Pattern OPERATOR = Pattern.compile("\\s+\\S|[=<>]|!=|!~|~~|&&|\\|\\|");

    private BracedOperator() {
    }

    /** The end of a sentence about an expression that has one: what to write in its place; empty if it has none. */
    public static Optional<String> in(String text) {
        Matcher function = NAMED.matcher(text);
        while (function.find()) {
            String content = function.group(1);
            Matcher operator = OPERATOR.matcher(withoutArguments(content));
            if (operator.find()) {
                String asked = "${" + content.substring(0, operator.start()) + "}";
                String rest = content.substring(operator.start()).strip().replaceFirst("^([=!<>~&|]+)(?=[^\\s=!<>~&|])", "$1 ");
                return Optional.of("in which \"" + rest.split("\\s", 2)[0] + "\" stands within the braces, as part of the name; write "
                        + (rest.contains(" ? ") ? "${iif(...)}, or a 'choice' on " + asked : asked + " " + rest));
            }
        }
        return Optional.empty();
    }

    /** Of the same length. */
    private static String withoutArguments(String content) {
        String before = content;
        String masked = mask(before);
        while (!masked.equals(before)) {
            before = masked;
            masked = mask(before);
        }
        return masked;
    }

    private static String mask(String content) {
        return ARGUMENTS.matcher(content).replaceAll(found -> "_".repeat(found.group().length()));
    }
}
