package dev.openaigateway.rules;

import dev.openaigateway.problem.RootCause;
import dev.openaigateway.rules.language.DeferredFunctions;
import dev.openaigateway.rules.language.OperatorAdvice;
import dev.openaigateway.rules.language.OtherFunctions;
import dev.openaigateway.rules.language.SimpleExpressions;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.ProblemSentence;
import dev.openaigateway.rules.yaml.Problems;
import org.apache.camel.CamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with an expression that its language cannot read, in words of the rule's writer rather than the parser's. */
final class SyntaxErrors {

    private static final Pattern MISSING_BEAN = Pattern.compile("No bean could be found in the registry for: (\\S+)");
    private static final Pattern UNKNOWN_FUNCTION = Pattern.compile("Unknown function: (\\s*)([\\w-]+)");
    private static final Pattern UNEXPECTED = Pattern.compile("Unexpected token .+ at location (\\d+)");
    private static final Pattern NO_QUOTES = Pattern.compile("Binary operator (\\S+) does not support token|expected symbol whiteSpace but was character");
    private static final Pattern LOCATION = Pattern.compile(" at location (\\d+)");

    private final ComponentCatalog components;
    private final CamelContext context;
    private final DeclaredNames declared;
    private final Problems problems;

    SyntaxErrors(CheckScope scope, ComponentCatalog components) {
        this.components = components;
        this.context = scope.context();
        this.declared = scope.declared();
        this.problems = scope.problems();
    }

    /** Reports the first function that cannot be built, if there is one; returns whether it has. */
    boolean isFunctionWrong(CamelContext context, Location location, Node node, String text) {
        int before = problems.size();
        for (RuntimeException failure : DeferredFunctions.failures(context, text)) {
            report(location, node, text, "simple", failure);
            if (problems.size() > before) {
                return true;
            }
        }
        return false;
    }

    /** @param thrown by the parser of the language, or by the example */
    void report(Location location, Node node, String text, String language, RuntimeException thrown) {
        if (RootCause.of(thrown) instanceof MethodNotFoundException && SimpleExpressions.calledBeans(text).stream().anyMatch(this::isOfOtherClass)) {
            return;
        }
        String reason = reason(thrown);
        Matcher bean = MISSING_BEAN.matcher(reason);
        if (bean.find()) {
            if (!declared.beans().containsKey(bean.group(1))) {
                problems.at(location, node).says("names bean", bean.group(1)).because("which does not exist");
            }
            return;
        }
        Matcher function = UNKNOWN_FUNCTION.matcher(reason);
        if (function.find()) {
            unknownFunction(location, node, text, function);
            return;
        }
        Matcher unexpected = UNEXPECTED.matcher(reason);
        if (unexpected.find()) {
            String word = SimpleExpressions.wordAt(read(text, thrown), Integer.parseInt(unexpected.group(1)));
            problems.at(location, node).says("has condition", text)
                    .because(OperatorAdvice.isOperator(word) ? "in which a value beside \"" + word + "\" is missing"
                            : "in which \"" + word + "\" is not an operator between spaces" + OperatorAdvice.on(word));
            return;
        }
        if (NO_QUOTES.matcher(reason).find()) {
            problems.at(location, node).says("has condition", text).because("in which a value that is no number has no quotes: write 'value'");
            return;
        }
        String first = LOCATION.matcher(reason.lines().findFirst().orElse("")).replaceAll(found ->
                " at character " + (Integer.parseInt(found.group(1)) + 1));
        problems.at(location, node).says("has expression", text).because("which is not valid " + language + ": " + first);
    }

    /** Whether the bean that the files declare has perhaps the method which the one of the version before lacks. */
    private boolean isOfOtherClass(String bean) {
        Object bound = context.getRegistry().lookupByName(bean);
        return declared.beans().containsKey(bean) && bound != null && !bound.getClass().getName().equals(declared.beanClasses().get(bean));
    }

    /** The text that could not be read, which may be an argument of a function. */
    private static String read(String text, RuntimeException thrown) {
        return thrown instanceof ExpressionIllegalSyntaxException illegal && illegal.getExpression() != null ? illegal.getExpression() : text;
    }

    private void unknownFunction(Location location, Node node, String text, Matcher function) {
        Collection<String> known = SimpleExpressions.functions(components.catalog());
        if (!function.group(1).isEmpty()) {
            problems.at(location, node).says("has expression", text).because("in which a space follows '${'");
        } else if (known.contains(function.group(2))) {
            problems.at(location, node).says("has expression", text)
                    .because("in which '" + function.group(2) + "' has no name: write ${" + function.group(2) + ".NAME}");
        } else {
            ProblemSentence sentence = problems.at(location, node).says("uses function", function.group(2));
            String reason = "which simple does not have in \"" + text + "\"";
            OtherFunctions.advice(function.group(2)).ifPresentOrElse(advice -> sentence.because(reason + advice), () -> sentence.because(reason, known));
        }
    }

    /** The parser of simple gives the position in the outermost message, others the reason in the innermost. */
    private static String reason(Throwable thrown) {
        return LOCATION.matcher(String.valueOf(thrown.getMessage())).find() ? thrown.getMessage().strip() : RootCause.message(thrown);
    }
}
