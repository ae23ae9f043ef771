package dev.openaigateway.rules;

import dev.openaigateway.rules.language.JqExpressions;
import dev.openaigateway.rules.language.JqPatterns;
import dev.openaigateway.rules.language.JqSeveralValues;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Language;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Optional;

/** Checks what the parser of jq accepts and no rule can mean: functions that do not exist, and conditions that are the same for every request. */
final class JqCheck {

    private final CamelContext context;
    private final Language jq;
    private final Problems problems;

    JqCheck(CamelContext context, Language jq, Problems problems) {
        this.context = context;
        this.jq = jq;
        this.problems = problems;
    }

    /** @param ofRequest whether the body is the request, so that its form is known */
    void check(Location location, Node node, String text, boolean isCondition, boolean ofRequest) {
        if (isCondition && JqExpressions.assigns(text)) {
            problems.at(location, node).says("has condition", text).because(ExpressionCheck.ASSIGNS);
            return;
        }
        JqExpressions.missing(context, jq, text).ifPresent(function -> missing(location, node, text, function));
        JqPatterns.wrong(context, jq, text).ifPresent(wrong -> problems.at(location, node).says("has expression", text)
                .because("which fails: the regular expression is wrong: " + wrong));
        if (isCondition && ofRequest) {
            condition(location, node, text);
        }
    }

    /** Functions have the same name with other numbers of arguments. */
    private void missing(Location location, Node node, String text, String function) {
        boolean isKnown = JqExpressions.USUAL.contains(function);
        problems.at(location, node).says("uses function", function).because("which jq does not have " + (isKnown ? "with these arguments " : "") + "in \"" + text + "\"",
                isKnown ? List.of() : JqExpressions.USUAL);
    }

    private void condition(Location location, Node node, String text) {
        Optional<String> wrong = JqExpressions.noCondition(context, jq, text).or(() -> JqSeveralValues.always(context, jq, text));
        wrong.ifPresentOrElse(reason -> problems.at(location, node).says("has condition", text).because(reason),
                () -> JqSeveralValues.often(context, jq, text).ifPresent(reason ->
                        problems.warnings().at(location, node).says("has condition", text).because(reason)));
    }
}
