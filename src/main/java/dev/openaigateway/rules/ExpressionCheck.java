package dev.openaigateway.rules;

import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.rules.yaml.Findings;
import dev.openaigateway.rules.yaml.Place;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.spi.Language;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks expressions: the language exists, the text is valid in it, and the names in it are known. Evaluates only {@code jq}, on an example. */
final class ExpressionCheck {

    /** Keys that hold a condition. */
    private static final Set<String> CONDITIONS = Set.of("when", "filter", "validate", "onWhen", "completionPredicate", "retryWhile");
    /** Languages whose text is a name or a value, with nothing to parse. */
    private static final Set<String> WITHOUT_SYNTAX = Set.of("constant", "header", "exchangeProperty", "variable", "ref", "method", "bean",
            "tokenize", "xtokenize");
    /** Languages that would compile their text to a class. */
    private static final Set<String> COMPILED = Set.of("groovy", "java", "joor", "csimple", "js", "python", "mvel", "ognl", "spel", "wasm");
    private static final List<String> OPERATORS = List.of("==", "!=", ">", ">=", "<", "<=", "=~", "!=~", "contains", "!contains", "~~",
            "!~~", "regex", "!regex", "in", "!in", "is", "!is", "range", "!range", "startsWith", "endsWith", "&&", "||");
    private static final Pattern UNEXPECTED = Pattern.compile("Unexpected token .+ at location (\\d+)");
    private static final Pattern LOCATION = Pattern.compile(" at location (\\d+)");
    private static final Pattern UNKNOWN_FUNCTION = Pattern.compile("Unknown function: (\\w+)");
    private static final Pattern MISSING_BEAN = Pattern.compile("No bean could be found in the registry for: (\\S+)");

    private final CamelContext context;
    private final Components components;
    private final Declared declared;
    private final Names names;
    private final Findings findings;

    ExpressionCheck(CamelContext context, Components components, Declared declared, Names names, Findings findings) {
        this.context = context;
        this.components = components;
        this.declared = declared;
        this.names = names;
        this.findings = findings;
    }

    /** @param text the node with the expression */
    void check(Place place, Node text, String language, boolean isCondition) {
        String resolved = Placeholders.resolve(context, place, text, findings);
        if (resolved == null || resolved.startsWith("resource:")) {
            return;
        }
        Language known = language(place, text, language);
        if (known == null || COMPILED.contains(language)) {
            return;
        }
        if (!WITHOUT_SYNTAX.contains(language)) {
            parse(place, text, resolved.strip(), language, known, isCondition);
        }
        names.check(place, text, language, resolved);
    }

    /** Whether an expression at this place is a condition. */
    static boolean isCondition(Place place) {
        return CONDITIONS.contains(place.holder());
    }

    private Language language(Place place, Node node, String name) {
        try {
            return context.resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            findings.unknown(place, node, "uses language", name, "which the gateway does not have",
                    List.of("constant", "exchangeProperty", "header", "jq", "jsonpath", "method", "simple", "variable", "xpath"));
            return null;
        }
    }

    private void parse(Place place, Node node, String text, String language, Language known, boolean isCondition) {
        try {
            if (isCondition) {
                known.createPredicate(text).init(context);
            } else {
                Expression expression = known.createExpression(text);
                expression.init(context);
            }
        } catch (RuntimeException | LinkageError e) {
            report(place, node, text, language, reason(e));
            return;
        }
        if (language.equals("jq")) {
            jqFunctions(place, node, text, known);
        }
        if (isCondition && language.equals("simple") && SimpleText.comparesNothing(text)) {
            findings.add(place, node, "has condition", text, "which compares nothing: an operator such as == is missing");
        }
    }

    private void jqFunctions(Place place, Node node, String text, Language jq) {
        Expression expression = jq.createExpression(text);
        expression.init(context);
        JqFunctions.missing(context, expression).ifPresent(function ->
                findings.unknown(place, node, "uses function", function, "which jq does not have in \"" + text + "\"", JqFunctions.USUAL));
    }

    private void report(Place place, Node node, String text, String language, String reason) {
        Matcher bean = MISSING_BEAN.matcher(reason);
        if (bean.find()) {
            if (!declared.beans.containsKey(bean.group(1))) {
                findings.add(place, node, "names bean", bean.group(1), "which does not exist");
            }
            return;
        }
        Matcher function = UNKNOWN_FUNCTION.matcher(reason);
        if (function.find()) {
            findings.unknown(place, node, "uses function", function.group(1), "which simple does not have in \"" + text + "\"",
                    SimpleText.functions(components.catalog()));
            return;
        }
        Matcher unexpected = UNEXPECTED.matcher(reason);
        if (unexpected.find()) {
            String word = SimpleText.wordAt(text, Integer.parseInt(unexpected.group(1)));
            String nearest = DidYouMean.name(word, OPERATORS).map(name -> "; did you mean \"" + name + "\"?").orElse("");
            findings.add(place, node, "has condition", text, "in which \"" + word + "\" is not an operator between spaces" + nearest);
            return;
        }
        String first = LOCATION.matcher(reason.lines().findFirst().orElse("")).replaceAll(found ->
                " at character " + (Integer.parseInt(found.group(1)) + 1));
        findings.add(place, node, "has expression", text, "which is not valid " + language + ": " + first);
    }

    /** The parser of simple gives the position in the outermost message, others the reason in the innermost. */
    private static String reason(Throwable thrown) {
        return LOCATION.matcher(String.valueOf(thrown.getMessage())).find() ? thrown.getMessage().strip() : Reasons.innermost(thrown);
    }
}
