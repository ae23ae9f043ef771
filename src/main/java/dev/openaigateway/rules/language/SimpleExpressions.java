package dev.openaigateway.rules.language;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.spi.Language;
import org.apache.camel.tooling.model.LanguageModel;
import org.apache.camel.util.StringHelper;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Facts about Camel's simple language that its parser does not report. */
public final class SimpleExpressions {

    private static final Pattern FUNCTION = Pattern.compile("\\$\\{(\\w+)");
    private static final Pattern LENIENT = Pattern.compile("exchange|camelContext");
    /** Spares reading the catalog. */
    private static final Set<String> USUAL = Set.of("body", "exchangeId", "exchangeProperty", "header", "headers", "variable");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{ref:([\\w.-]+)}(?!\\s*[!=]=\\s*(?:null|\\$\\{null}))");
    private static final Pattern CALLED_BEAN = Pattern.compile("\\$\\{bean:([\\w-]+)");
    /** What the inner expression reads in place of the body; quotes may surround both. */
    private static final Pattern SOURCE = Pattern.compile("^(?:header|property|exchangeProperty|variable):[^,]*,");
    private static final String OPERAND = SimpleFunction.MASK;

    private SimpleExpressions() {
    }

    /**
     * The language as a new one. Camel's keeps what it has parsed, and a wrong expression may be refused when it is evaluated for the first
     * time only.
     */
    public static Language uncached(CamelContext context) {
        Language simple = new org.apache.camel.language.simple.SimpleLanguage();
        CamelContextAware.trySetCamelContext(simple, context);
        return simple;
    }

    /** Whether a valid condition has several operands and no operator. Simple takes it as true without looking at the operands. */
    public static boolean comparesNothing(String text) {
        return SimpleFunction.operands(text).matches("\\s*" + OPERAND + "\\s*" + OPERAND + "[\\s" + OPERAND + "]*");
    }

    /** The word around a position. */
    public static String wordAt(String text, int position) {
        int start = Math.min(position, text.length());
        int end = start;
        while (start > 0 && !isBreak(text.charAt(start - 1))) {
            start--;
        }
        while (end < text.length() && !isBreak(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isBreak(char at) {
        return Character.isWhitespace(at) || at == '}';
    }

    /** Whether a text has no function in it, so that it is the same for every request. */
    public static boolean isConstant(String text) {
        return !text.contains("${") && !text.contains("$simple{") && !text.contains("{{");
    }

    /** The words in the text that stand in the place of a function. */
    static Collection<String> functionsIn(String text) {
        Collection<String> words = new TreeSet<>();
        Matcher matcher = FUNCTION.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group(1));
        }
        return words;
    }

    /** The words of a valid text that the parser takes for a call of a method on the exchange or the context, whatever follows. It knows each other word. */
    public static Collection<String> called(String text) {
        Collection<String> words = functionsIn(text);
        words.removeIf(word -> USUAL.contains(word) || !LENIENT.matcher(word).lookingAt());
        return words;
    }

    /** The beans that the text refers to as {@code ${ref:NAME}}, which is null if there is none, except those that it compares with null. */
    public static Collection<String> references(String text) {
        Collection<String> names = new TreeSet<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The beans that the text calls as {@code ${bean:NAME...}}. */
    public static Collection<String> calledBeans(String text) {
        Collection<String> names = new TreeSet<>();
        Matcher matcher = CALLED_BEAN.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The text with an expression that always has a value in place of each function that calls a bean. */
    public static String withoutBeans(String text) {
        StringBuilder other = new StringBuilder();
        int end = 0;
        for (SimpleFunction function : SimpleFunction.in(text)) {
            if (function.start() >= end && CALLED_BEAN.matcher(text.substring(function.start(), function.end())).find()) {
                other.append(text, end, function.start()).append("${exchangeId}");
                end = function.end();
            }
        }
        return other.append(text.substring(end)).toString();
    }

    /** The expressions in another language, such as {@code .a} in <code>${jq(header:b,.a)}</code>, without those that hold functions. */
    public static List<String> in(String language, String text) {
        Pattern inner = Pattern.compile(language + "\\((.*)\\).*", Pattern.DOTALL);
        return SimpleFunction.in(text).stream().map(function -> inner.matcher(function.content())).filter(Matcher::matches)
                .map(found -> SOURCE.matcher(StringHelper.removeLeadingAndEndingQuotes(found.group(1).strip())).replaceFirst("").strip())
                .filter(expression -> !expression.contains("${")).map(StringHelper::removeLeadingAndEndingQuotes).toList();
    }

    /** The names of simple's functions. */
    public static Collection<String> functions(DefaultRuntimeCamelCatalog catalog) {
        Collection<String> names = new TreeSet<>();
        LanguageModel simple = catalog.languageModel("simple");
        if (simple != null) {
            simple.getFunctions().forEach(function -> names.add(function.getName().replaceFirst("\\W.*", "")));
            // The catalog writes it as the parser does not.
            if (names.remove("hostName")) {
                names.add("hostname");
            }
        }
        return names;
    }
}
