package dev.openaigateway.rules.language;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds an operator of {@code simple} within the braces of a function, such as <code>${header.a == 'x'}</code>. Camel takes all that
 * stands there for the name of a header, which no request has, so the condition is never true. To other functions it is a part of an
 * argument, and the condition is never true, always true, or fails.
 */
public final class BracedOperator {

    private static final Pattern NAMED = Pattern.compile("(?:in\\.)?(headers?|exchangeProperty|variables?|body)\\b(?!As\\().*", Pattern.DOTALL);
    /** The default value of a property may be any text. */
    private static final Pattern WITH_TEXT = Pattern.compile("properties(Exist)?:.*", Pattern.DOTALL);
    /** Have options, as in {@code bean:a?method=b}. */
    private static final Pattern WITH_OPTIONS = Pattern.compile("(bean|ref|type):.*", Pattern.DOTALL);
    private static final Pattern SYMBOL = Pattern.compile("[=<>]|!=|!~|~~|&&|\\|\\|");
    private static final Pattern WORD = Pattern.compile("\\s+(\\S+)");
    private static final Pattern UNNAMED = Pattern.compile("(header|exchangeProperty|variable)\\s+([\\w-]+)\\s*");

    private BracedOperator() {
    }

    /** The end of a sentence about an expression that has one: what to write in its place; empty if it has none. */
    public static Optional<String> in(String text) {
        for (SimpleFunction function : SimpleFunction.in(text)) {
            String content = function.content();
            boolean isNamed = NAMED.matcher(content).matches();
            OptionalInt operator = WITH_TEXT.matcher(content).matches() ? OptionalInt.empty()
                    : operator(function.outline(), isNamed, !WITH_OPTIONS.matcher(content).matches());
            if (operator.isPresent()) {
                return Optional.of(advice(content.substring(0, operator.getAsInt()).strip(), content.substring(operator.getAsInt()).strip(), isNamed));
            }
            Matcher unnamed = UNNAMED.matcher(content);
            if (unnamed.matches()) {
                return Optional.of("in which no dot follows '" + unnamed.group(1) + "'; write ${" + unnamed.group(1) + "." + unnamed.group(2) + "}");
            }
        }
        return Optional.empty();
    }

    private static String advice(String asked, String rest, boolean isNamed) {
        // The name of a header has no space.
        String function = "${" + (asked.startsWith("header") ? asked.replaceAll("\\s+", "-") : asked) + "}";
        String operation = rest.replaceFirst("^([=!<>~&|]+)(?=[^\\s=!<>~&|])", "$1 ");
        return "in which \"" + operation.split("\\s", 2)[0] + "\" stands within the braces, "
                + (isNamed ? "as part of the name" : "where it is no operator") + "; write "
                + (rest.contains(" ? ") ? "${iif(...)}, or a 'choice' on " + function : function + (isQuoted(rest) ? " == " : " ") + operation);
    }

    private static boolean isQuoted(String text) {
        return text.startsWith("'") || text.startsWith("\"");
    }

    /**
     * Where the first operator begins; empty if there is none, as in a name with spaces.
     *
     * @param isNamed       whether a word that is not part of a name counts too, such as a misspelt operator
     * @param withoutSpaces whether a symbol counts that has no space beside it
     */
    private static OptionalInt operator(String outline, boolean isNamed, boolean withoutSpaces) {
        Matcher symbol = SYMBOL.matcher(outline);
        int end = withoutSpaces && symbol.find() ? symbol.start() : outline.length();
        Matcher word = WORD.matcher(outline);
        while (word.find() && word.start(1) < end) {
            if (OperatorAdvice.isOperator(word.group(1)) || isNamed && isMisspelt(word.group(1), word.end() < outline.stripTrailing().length())) {
                return OptionalInt.of(word.start());
            }
        }
        return end < outline.length() ? OptionalInt.of(end) : OptionalInt.empty();
    }

    /** @param hasOperand whether something follows, as it does after a misspelt operator */
    private static boolean isMisspelt(String word, boolean hasOperand) {
        return !word.matches("[\\w-]+") || hasOperand && !OperatorAdvice.on(word).isEmpty();
    }
}
