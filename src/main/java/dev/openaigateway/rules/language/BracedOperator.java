package dev.openaigateway.rules.language;

import java.util.Optional;
import java.util.OptionalInt;
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
    private static final Pattern SYMBOL = Pattern.compile("[=<>]|!=|!~|~~|&&|\\|\\|");
    private static final Pattern WORD = Pattern.compile("\\s+(\\S+)");
    private static final Pattern UNNAMED = Pattern.compile("(header|exchangeProperty|variable)\\s+([\\w-]+)\\s*");
    private static final String MASK = "\u0001";

    private BracedOperator() {
    }

    /** The end of a sentence about an expression that has one: what to write in its place; empty if it has none. */
    public static Optional<String> in(String text) {
        Matcher function = NAMED.matcher(text);
        while (function.find()) {
            String content = function.group(1);
            OptionalInt operator = operator(withoutArguments(content));
            if (operator.isPresent()) {
                return Optional.of(advice(content.substring(0, operator.getAsInt()).strip(), content.substring(operator.getAsInt()).strip()));
            }
            Matcher unnamed = UNNAMED.matcher(content);
            if (unnamed.matches()) {
                return Optional.of("in which no dot follows '" + unnamed.group(1) + "'; write ${" + unnamed.group(1) + "." + unnamed.group(2) + "}");
            }
        }
        return Optional.empty();
    }

    private static String advice(String asked, String rest) {
        // The name of a header has no space.
        String function = "${" + (asked.startsWith("header") ? asked.replaceAll("\\s+", "-") : asked) + "}";
        String operation = rest.replaceFirst("^([=!<>~&|]+)(?=[^\\s=!<>~&|])", "$1 ");
        return "in which \"" + operation.split("\\s", 2)[0] + "\" stands within the braces, as part of the name; write "
                + (rest.contains(" ? ") ? "${iif(...)}, or a 'choice' on " + function : function + (isQuoted(rest) ? " == " : " ") + operation);
    }

    private static boolean isQuoted(String text) {
        return text.startsWith("'") || text.startsWith("\"");
    }

    /** Where the first operator begins; empty if there is none, as in a name with spaces. */
    private static OptionalInt operator(String content) {
        Matcher symbol = SYMBOL.matcher(content);
        int end = symbol.find() ? symbol.start() : content.length();
        Matcher word = WORD.matcher(content);
        while (word.find() && word.start(1) < end) {
            if (isOperator(word.group(1), word.end() < content.stripTrailing().length())) {
                return OptionalInt.of(word.start());
            }
        }
        return end < content.length() ? OptionalInt.of(end) : OptionalInt.empty();
    }

    /** @param hasOperand whether something follows, as it does after a misspelt operator */
    private static boolean isOperator(String word, boolean hasOperand) {
        return Advice.isOperator(word) || !word.matches("[\\w-]+") || hasOperand && !Advice.on(word).isEmpty();
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
        return ARGUMENTS.matcher(content).replaceAll(found -> MASK.repeat(found.group().length()));
    }
}
