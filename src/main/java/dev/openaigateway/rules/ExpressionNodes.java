package dev.openaigateway.rules;

import dev.openaigateway.routing.policy.Sticky;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;

import java.util.Set;

/** Finds the expressions in nodes, except in endpoints, and has each of them checked. */
final class ExpressionNodes implements NodeCheck {

    /** Definitions with a message that is a simple expression. */
    private static final Set<String> WITH_MESSAGE = Set.of("LogDefinition", "ThrowExceptionDefinition");
    /** Definitions with a name that is a simple expression. */
    private static final Set<String> NAMED = Set.of("SetHeaderDefinition", "SetPropertyDefinition", "SetVariableDefinition");

    private final ExpressionCheck expressions;

    ExpressionNodes(ExpressionCheck expressions) {
        this.expressions = expressions;
    }

    @Override
    public void check(VisitedNode visit) {
        Location location = visit.location();
        if (visit.model().endsWith("Expression")) {
            visit.textOrShort("expression").ifPresent(text ->
                    expressions.check(location, text, language(visit), ExpressionCheck.isCondition(location)));
        } else if (visit.isBean() && YamlNodes.text(visit.node(), "type").orElse("").endsWith(Sticky.class.getName())) {
            YamlNodes.at(visit.node(), "properties", "key").filter(key -> YamlText.text(key) != null)
                    .ifPresent(key -> expressions.check(location, key, "simple", false));
        } else if (visit.model().equals("RouteDefinition")) {
            YamlNodes.at(visit.node(), "precondition").filter(text -> YamlText.text(text) != null).ifPresent(text -> expressions.precondition(location, text));
        } else if (WITH_MESSAGE.contains(visit.model())) {
            visit.textOrShort("message").ifPresent(text -> expressions.check(location, text, "simple", false));
        } else if (NAMED.contains(visit.model())) {
            YamlNodes.at(visit.node(), "name").filter(name -> String.valueOf(YamlText.text(name)).contains("${"))
                    .ifPresent(name -> expressions.check(location, name, "simple", false));
        }
    }

    /** The language of a node with an expression. */
    static String language(VisitedNode visit) {
        return visit.model().equals("LanguageExpression") ? YamlNodes.text(visit.node(), "language").orElse("") : visit.location().step();
    }
}
