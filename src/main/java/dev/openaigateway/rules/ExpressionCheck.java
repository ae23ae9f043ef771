package dev.openaigateway.rules;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.rules.classes.BeanCheck;
import dev.openaigateway.rules.language.AlwaysTrue;
import dev.openaigateway.rules.language.BracedOperator;
import dev.openaigateway.rules.language.BytesOfBody;
import dev.openaigateway.rules.language.GroovyFindings;
import dev.openaigateway.rules.language.GroovySyntax;
import dev.openaigateway.rules.language.SimpleExpressions;
import dev.openaigateway.rules.language.TrialEvaluation;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.names.NameCheck;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.PropertyPlaceholders;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.language.csimple.CSimpleCompiler;
import org.apache.camel.language.groovy.GroovyShellFactory;
import org.apache.camel.spi.Language;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks expressions: the language exists, the text is valid in it, and the names in it are known. Evaluates some of them, on an example. */
final class ExpressionCheck {

    /** Keys that hold a condition. */
    private static final Set<String> CONDITIONS = Set.of("when", "filter", "validate", "onWhen", "completionPredicate", "retryWhile");
    /** Languages whose text is a name or a value, with nothing to parse. */
    private static final Set<String> WITHOUT_SYNTAX = Set.of("constant", "header", "exchangeProperty", "variable", "ref", "method", "bean",
            "tokenize", "xtokenize");
    /** Languages whose text is a name. */
    private static final Set<String> NAMES = Set.of("header", "exchangeProperty", "variable");
    /** Languages that would compile their text to a class. */
    private static final Set<String> COMPILED = Set.of("groovy", "java", "joor", "csimple", "js", "python", "mvel", "ognl", "spel", "wasm");
    /** Steps whose expression gives a number. */
    private static final Set<String> NUMBERS = Set.of("throttle", "delay", "loop");

    static final String ASSIGNS = "which assigns with '='; compare with '=='";
    private static final List<String> LANGUAGES = List.of("constant", "exchangeProperty", "groovy", "header", "jq", "jsonpath", "method", "simple", "variable");

    private final CheckScope scope;
    private final CamelContext context;
    private final ComponentCatalog components;
    private final DeclaredNames declared;
    private final NameCheck names;
    private final Problems problems;
    private final SyntaxErrors syntax;

    ExpressionCheck(CheckScope scope, ComponentCatalog components, NameCheck names) {
        this.scope = scope;
        this.context = scope.context();
        this.components = components;
        this.declared = scope.declared();
        this.names = names;
        this.problems = scope.problems();
        this.syntax = new SyntaxErrors(scope, components);
    }

    /** @param text the node with the expression */
    void check(Location location, Node text, String language, boolean isCondition) {
        check(location, text, YamlText.text(text), language, isCondition);
    }

    /** @param node the node with the expression, which may have more than that */
    void check(Location location, Node node, String text, String language, boolean isCondition) {
        try {
            ForeignCode.run(() -> checkText(location, node, text, language, isCondition));
        } catch (ForeignCodeException e) {
            problems.at(location, node).says("has expression", text).because(e.isTooDeep() ? "which calls itself without end, or is nested too deeply"
                    : "which fails: " + RootCause.message(e));
        }
    }

    private void checkText(Location location, Node node, String text, String language, boolean isCondition) {
        String resolved = PropertyPlaceholders.resolve(context, location, node, text, problems);
        if (resolved == null || resolved.startsWith("resource:")) {
            return;
        }
        Language known = language(location, node, language);
        if (known == null) {
            return;
        }
        if (language.equals("groovy")) {
            GroovyFindings found = GroovySyntax.check(resolved, context.getApplicationContextClassLoader(), hasShell());
            found.error().ifPresent(error -> problems.at(location, node).says("has a script").because("that is not valid groovy: " + error));
            found.member().ifPresent(member -> problems.warnings().at(location, node).says("has a script that asks for", member.text())
                    .suggesting(Optional.of(member.nearest())).because("which Camel's " + member.type() + " does not have"));
        }
        if (declared.request().isAt(location, node)) {
            BytesOfBody.wronglyAsked(language, resolved).ifPresent(reason -> problems.at(location, node).says("has expression", resolved)
                    .because(reason));
        }
        if (language.equals("groovy") && isCondition && GroovySyntax.assigns(resolved)) {
            problems.at(location, node).says("has condition", resolved).because(ASSIGNS);
        }
        if (COMPILED.contains(language)) {
            return;
        }
        if (NAMES.contains(language) && resolved.contains("${")) {
            problems.at(location, node).says("has expression", resolved)
                    .because("but '" + language + "' takes a name; write 'simple' in place of it");
            return;
        }
        Optional<String> braced = language.equals("simple") ? BracedOperator.in(resolved) : Optional.empty();
        if (braced.isPresent()) {
            problems.at(location, node).says(isCondition ? "has condition" : "has expression", resolved).because(braced.get());
            return;
        }
        int before = problems.size();
        if (!WITHOUT_SYNTAX.contains(language)) {
            parse(location, node, resolved.strip(), language, known, isCondition);
        }
        if (isCondition && language.equals("exchangeProperty")) {
            AlwaysTrue.property(resolved).ifPresent(reason -> problems.at(location, node).says("has condition", resolved).because(reason));
        }
        if (before == problems.size()) {
            constant(location, node, language, resolved, isCondition);
        }
        names.check(location, node, language, resolved);
    }

    /** Whether a bean gives Groovy scripts further variables. */
    private boolean hasShell() {
        return !context.getRegistry().findByType(GroovyShellFactory.class).isEmpty() || declared.beanTypes().values().stream()
                .map(type -> BeanCheck.loaded(context, type)).anyMatch(type -> type != null && GroovyShellFactory.class.isAssignableFrom(type));
    }

    /** Checks the condition on which a route exists, which Camel asks without a request. */
    void precondition(Location location, Node text) {
        String resolved = PropertyPlaceholders.resolve(context, location, text, problems);
        if (resolved != null) {
            parse(location, text, resolved.strip(), "simple", SimpleExpressions.uncached(context), true);
        }
    }

    private void constant(Location location, Node node, String language, String text, boolean isCondition) {
        boolean isConstant = language.equals("constant") ? !String.valueOf(YamlText.text(node)).contains("{{")
                : language.equals("simple") && SimpleExpressions.isConstant(String.valueOf(YamlText.text(node)));
        if (isConstant && isCondition) {
            String advice = language.equals("constant") && text.contains("${") ? "; write 'simple' in place of 'constant'" : "";
            problems.at(location, node).says("has condition", text).because("which is the same for every request" + advice);
        } else if (isConstant && NUMBERS.contains(String.valueOf(location.holder())) && !text.strip().matches("\\d{1,18}")) {
            problems.at(location, node).says("has '" + location.holder() + "'", text).because("which must be a whole number");
        }
    }

    /** Whether an expression at this place is a condition. */
    static boolean isCondition(Location location) {
        return CONDITIONS.contains(location.holder());
    }

    private Language language(Location location, Node node, String name) {
        try {
            if (name.equals("csimple") && context.getCamelContextExtension().getBootstrapFactoryFinder().findClass(CSimpleCompiler.FACTORY).isEmpty()) {
                problems.at(location, node).says("uses language", name).suggesting(Optional.of("simple"))
                        .because("whose compiler the gateway does not have; a jar with it may be put into 'ext'");
                return null;
            }
            return name.equals("simple") ? SimpleExpressions.uncached(context) : context.resolveLanguage(name);
        } catch (NoSuchLanguageException e) {
            problems.at(location, node).says("uses language", name).because("which the gateway does not have", LANGUAGES);
            return null;
        }
    }

    private void parse(Location location, Node node, String text, String language, Language known, boolean isCondition) {
        if (language.equals("simple") && syntax.isFunctionWrong(context, location, node, text)) {
            return;
        }
        try {
            boolean textBody = declared.request().isAt(location, node);
            Optional<String> wrong = ForeignCode.call(() -> wrong(text, language, known, isCondition, textBody));
            if (wrong.isPresent()) {
                problems.at(location, node).says("has expression", text).because("which fails: " + wrong.get());
                return;
            }
        } catch (RuntimeException e) {
            if (e instanceof ForeignCodeException error && error.isTooDeep()) {
                throw e;
            }
            syntax.report(location, node, text, language, e);
            return;
        }
        if (language.equals("simple")) {
            simpleFunctions(location, node, text);
        }
        if (language.equals("jsonpath")) {
            jsonPath(location, node, text, known);
        }
        if (language.equals("jq")) {
            new JqCheck(context, known, problems).check(location, node, text, isCondition, declared.request().isAt(location, node));
        }
        if (isCondition && language.equals("simple")) {
            ComparisonCheck.check(location, node, text, problems);
            if (SimpleExpressions.comparesNothing(text)) {
                problems.at(location, node).says("has condition", text).because("which compares nothing: an operator such as == is missing");
            }
        }
    }

    /** Parses the expression, and evaluates one of {@code simple}. */
    private Optional<String> wrong(String text, String language, Language known, boolean isCondition, boolean textBody) {
        if (isCondition) {
            known.createPredicate(text).init(context);
        } else {
            known.createExpression(text).init(context);
        }
        return language.equals("simple") ? TrialEvaluation.problem(context, known, text, isCondition, textBody) : Optional.empty();
    }

    private void jsonPath(Location location, Node node, String text, Language jsonPath) {
        TrialEvaluation.jsonPath(context, jsonPath, text).ifPresent(wrong ->
                problems.at(location, node).says("has expression", text).because("which is not valid jsonpath: " + wrong));
    }

    /** Checks jsonpath, jq, beans and names of functions inside simple. */
    private void simpleFunctions(Location location, Node node, String text) {
        SimpleExpressions.in("jsonpath", text).forEach(path -> jsonPath(location, node, path, context.resolveLanguage("jsonpath")));
        SimpleExpressions.in("jq", text).forEach(jq -> new JqCheck(context, context.resolveLanguage("jq"), problems).check(location, node, jq, false, false));
        Stream.concat(SimpleExpressions.references(text).stream().filter(bean -> !declared.beans().containsKey(bean) && !scope.isBound(bean)),
                SimpleExpressions.calledBeans(text).stream().filter(scope::isFormer)).distinct().forEach(bean -> problems.at(location, node).says("names bean", bean).because("which does not exist"));
        // Simple takes any word that begins with 'exchange' or 'camelContext' as a call of a method on it.
        for (String word : SimpleExpressions.called(text)) {
            Collection<String> known = SimpleExpressions.functions(components.catalog());
            if (!known.contains(word) && DidYouMean.typo(word, known).isPresent()) {
                problems.at(location, node).says("uses function", word).because("which simple does not have in \"" + text + "\"", known);
            }
        }
    }
}
