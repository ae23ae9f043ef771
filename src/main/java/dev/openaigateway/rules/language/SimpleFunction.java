package dev.openaigateway.rules.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A function in a text of {@code simple}, such as <code>${header.a}</code>.
 *
 * @param start   where it begins
 * @param end     behind its last brace
 * @param content what stands within the braces
 */
record SimpleFunction(int start, int end, String content) {

    private static final String BEGIN = "${";
    /** Where a method or an index may have any text. */
    private static final Pattern ARGUMENTS = Pattern.compile("'[^']*'|\"[^\"]*\"|\\([^()]*\\)|\\[[^\\[\\]]*]");
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");
    private static final Pattern CONNECTIVE = Pattern.compile("&&|\\|\\|");
    /** Stands in place of what cannot be read. */
    static final String MASK = "\u0001";

    /** The functions in the order in which they begin, each before those inside it. One that is not closed is left out. */
    static List<SimpleFunction> in(String text) {
        List<SimpleFunction> found = new ArrayList<>();
        Deque<Integer> open = new ArrayDeque<>();
        for (int at = 0; at < text.length(); at++) {
            if (text.startsWith(BEGIN, at)) {
                open.push(at);
            } else if (text.charAt(at) == '}' && !open.isEmpty()) {
                int start = open.pop();
                found.add(new SimpleFunction(start, at + 1, text.substring(start + BEGIN.length(), at)));
            }
        }
        found.sort(Comparator.comparingInt(SimpleFunction::start));
        return found;
    }

    /** The content of the same length, in which functions, quoted texts, arguments and indexes cannot be read. */
    String outline() {
        String before = withoutFunctions(content);
        String masked = mask(ARGUMENTS, before);
        while (!masked.equals(before)) {
            before = masked;
            masked = mask(ARGUMENTS, before);
        }
        return masked;
    }

    /** The text of the same length, in which functions and quoted texts cannot be read. */
    static String outline(String text) {
        return mask(QUOTED, withoutFunctions(text));
    }

    /** The conditions that a condition connects with {@code &&} and {@code ||}; it alone if it has none of these. */
    static List<String> conditions(String text) {
        List<String> conditions = new ArrayList<>();
        Matcher connective = CONNECTIVE.matcher(outline(text));
        int start = 0;
        while (connective.find()) {
            conditions.add(text.substring(start, connective.start()).strip());
            start = connective.end();
        }
        conditions.add(text.substring(start).strip());
        return conditions;
    }

    /** The text with one mask in place of each function and of each quoted text. */
    static String operands(String text) {
        return QUOTED.matcher(withoutFunctions(text, length -> MASK)).replaceAll(MASK);
    }

    private static String withoutFunctions(String text) {
        return withoutFunctions(text, MASK::repeat);
    }

    /** @param mask what stands in place of a function of this length */
    private static String withoutFunctions(String text, IntFunction<String> mask) {
        StringBuilder masked = new StringBuilder();
        int end = 0;
        for (SimpleFunction function : in(text)) {
            if (function.start >= end) {
                masked.append(text, end, function.start).append(mask.apply(function.end - function.start));
                end = function.end;
            }
        }
        return masked.append(text.substring(end)).toString();
    }

    private static String mask(Pattern pattern, String text) {
        return pattern.matcher(text).replaceAll(found -> MASK.repeat(found.group().length()));
    }
}
