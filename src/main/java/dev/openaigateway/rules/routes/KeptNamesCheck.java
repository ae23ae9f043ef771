package dev.openaigateway.rules.routes;

import dev.openaigateway.recipient.KeptNames;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Finds steps that put what a function gives into the name of a logger or a marker. The gateway does not send to such an endpoint. */
public final class KeptNamesCheck implements NodeCheck {

    private final Problems problems;

    public KeptNamesCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isSend() && !visit.model().equals("ToDefinition")) {
            visit.uri().ifPresent(uri -> {
                check(visit, uri, false);
                parameters(visit, EndpointText.scheme(YamlText.text(uri)));
            });
        } else if (visit.model().equals("SimpleExpression") && visit.namesEndpoints()) {
            visit.textOrShort("expression").ifPresent(text -> check(visit, text, true));
        }
    }

    private void parameters(VisitedNode visit, String scheme) {
        if (YamlNodes.at(visit.node(), "parameters").orElse(null) instanceof MappingNode parameters) {
            parameters.getValue().stream().filter(entry -> KeptNames.areValueOf(scheme, String.valueOf(YamlText.key(entry)))
                    && String.valueOf(YamlText.text(entry.getValueNode())).contains("${")).forEach(entry -> report(visit, entry.getValueNode()));
        }
    }

    private void check(VisitedNode visit, Node text, boolean isList) {
        if (KeptNames.areComputed(YamlText.text(text), isList)) {
            report(visit, text);
        }
    }

    private void report(VisitedNode visit, Node text) {
        problems.at(visit.location(), text).says("sends to a logger or marker that is named", YamlText.text(text))
                .because("so each text of a client makes one that is kept until the gateway ends; write a fixed name, and put the text into the message of the step 'log'");
    }
}
