package dev.openaigateway.rules;

import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.config.load.RootCause;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
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
    private final ComponentCatalog components;
    private final DeclaredNames declared;
    private final NameCheck names;
    private final Problems problems;

    ExpressionCheck(CamelContext context, ComponentCatalog components, DeclaredNames declared, NameCheck names, Problems problems) {
        this.context = context;
        this.components = components;
        this.declared = declared;
        this.names = names;
        this.problems = problems;
    }

    /** @param text the node with the expression */
    void check(Location location, Node text, String language, boolean isCondition) {
        String resolved = Placeholders.resolve(context, location, text, problems);
        if (resolved == null || resolved.startsWith("resource:")) {
            return;
        }
        Language known = language(location, text, language);
        if (known == null || COMPILED.contains(language)) {
            return;
        }
        if (!WITHOUT_SYNTAX.contains(language)) {
            parse(location, text, resolved.strip(), language, known, isCondition);
        }
        names.check(location, text, language, resolved);
    }

    /** Whether an expression at this place is a condition. */
    static boolean isCondition(Location location) {
        return CONDITIONS.contains(location.holder());
    }

    private Language language(Location location, Node node, String name) {
        try {
            return context.resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            problems.unknown(location, node, "uses language", name, "which the gateway does not have",
                    List.of("constant", "exchangeProperty", "header", "jq", "jsonpath", "method", "simple", "variable", "xpath"));
            return null;
        }
    }

    private void parse(Location location, Node node, String text, String language, Language known, boolean isCondition) {
        try {
            if (isCondition) {
                known.createPredicate(text).init(context);
            } else {
                Expression expression = known.createExpression(text);
                expression.init(context);
            }
        } catch (RuntimeException | LinkageError e) {
            report(location, node, text, language, reason(e));
            return;
        }
        if (language.equals("jq")) {
            jqFunctions(location, node, text, known);
        }
        if (isCondition && language.equals("simple") && SimpleLanguage.comparesNothing(text)) {
            problems.add(location, node, "has condition", text, "which compares nothing: an operator such as == is missing");
        }
    }

    private void jqFunctions(Location location, Node node, String text, Language jq) {
        Expression expression = jq.createExpression(text);
        expression.init(context);
        JqFunctions.missing(context, expression).ifPresent(function ->
                problems.unknown(location, node, "uses function", function, "which jq does not have in \"" + text + "\"", JqFunctions.USUAL));
    }

    private void report(Location location, Node node, String text, String language, String reason) {
        Matcher bean = MISSING_BEAN.matcher(reason);
        if (bean.find()) {
            if (!declared.beans.containsKey(bean.group(1))) {
                problems.add(location, node, "names bean", bean.group(1), "which does not exist");
            }
            return;
        }
        Matcher function = UNKNOWN_FUNCTION.matcher(reason);
        if (function.find()) {
            problems.unknown(location, node, "uses function", function.group(1), "which simple does not have in \"" + text + "\"",
                    SimpleLanguage.functions(components.catalog()));
            return;
        }
        Matcher unexpected = UNEXPECTED.matcher(reason);
        if (unexpected.find()) {
            String word = SimpleLanguage.wordAt(text, Integer.parseInt(unexpected.group(1)));
            String nearest = DidYouMean.name(word, OPERATORS).map(name -> "; did you mean \"" + name + "\"?").orElse("");
            problems.add(location, node, "has condition", text, "in which \"" + word + "\" is not an operator between spaces" + nearest);
            return;
        }
        String first = LOCATION.matcher(reason.lines().findFirst().orElse("")).replaceAll(found ->
                " at character " + (Integer.parseInt(found.group(1)) + 1));
        problems.add(location, node, "has expression", text, "which is not valid " + language + ": " + first);
    }

    /** The parser of simple gives the position in the outermost message, others the reason in the innermost. */
    private static String reason(Throwable thrown) {
        return LOCATION.matcher(String.valueOf(thrown.getMessage())).find() ? thrown.getMessage().strip() : RootCause.message(thrown);
    }
}
