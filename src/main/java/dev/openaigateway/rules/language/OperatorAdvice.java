package dev.openaigateway.rules.language;

import dev.openaigateway.problem.DidYouMean;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import static java.util.Map.entry;

/** What to write in place of a word in a {@code simple} condition that is no operator. */
public final class OperatorAdvice {

    private static final List<String> OPERATORS = List.of("!=~", "!~~", "==", "!=", ">=", "<=", "=~", "~~", "&&", "||", ">", "<", "contains", "!contains",
            "regex", "!regex", "in", "!in", "is", "!is", "range", "!range", "startsWith", "endsWith");
    /** Also those that Camel has only from a later version on. */
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(entry("=", "=="), entry("===", "=="), entry("and", "&&"), entry("&", "&&"),
            entry("or", "||"), entry("|", "||"), entry("<>", "!="), entry("equals", "=="), entry("like", "regex"), entry("matches", "regex"),
            entry("!startswith", "!regex"), entry("!endswith", "!regex"));
    private static final int LONGEST_SYMBOL = 3;

    private OperatorAdvice() {
    }

    public static boolean isOperator(String word) {
        return OPERATORS.contains(word);
    }

    /** The end of a sentence about the word; empty if there is nothing to advise. */
    public static String on(String word) {
        String function = word.replaceFirst("^\\$", "");
        if (function.matches("(header|exchangeProperty|variable)[.\\[:].*") || function.equals("body")) {
            return "; write ${" + function + "}";
        }
        String known = OTHER_WORDS.get(word.toLowerCase(Locale.ROOT));
        if (known != null) {
            return DidYouMean.clause(known);
        }
        Optional<String> joined = OPERATORS.stream().filter(operator -> operator.length() <= LONGEST_SYMBOL && !Character.isLetter(operator.charAt(0))
                && !Character.isLetter(operator.charAt(operator.length() - 1)) && !word.equals(operator) && word.contains(operator)).findFirst();
        return joined.map(operator -> "; put a space on both sides of " + operator)
                .or(() -> word.length() < 2 ? Optional.empty() : DidYouMean.clause(word, OPERATORS)).orElse("");
    }
}
