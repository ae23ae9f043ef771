package dev.openaigateway.rules.routes;

import dev.openaigateway.recipient.CodeComponents;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

/** Finds steps that put what a function gives into a statement or a program. The gateway does not send to such an endpoint. */
public final class ComputedCodeCheck implements NodeCheck {

    private final Problems problems;

    public ComputedCodeCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isSend() && !visit.model().equals("ToDefinition") || visit.isPoll()) {
            visit.uri().ifPresent(uri -> check(visit, uri, false));
        } else if (visit.model().equals("SimpleExpression") && visit.namesEndpoints()) {
            visit.textOrShort("expression").ifPresent(text -> check(visit, text, true));
        }
    }

    private void check(VisitedNode visit, Node text, boolean isList) {
        if (CodeComponents.isComputed(YamlText.text(text), isList)) {
            problems.at(visit.location(), text).says("sends to", YamlText.text(text))
                    .because("so the text of a client may become a part of what it runs; in SQL, use to: sql: with a parameter :#${...}");
        }
    }
}
