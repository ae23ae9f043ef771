package dev.openaigateway.rules.routes;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.regex.Pattern;

/**
 * Finds steps that take a whole endpoint from what a client sends, so that the client may choose the component and its options. A step before
 * may have set it, so they are worth a warning only.
 */
public final class ClientChosenEndpointCheck implements NodeCheck {

    private static final Pattern OF_CLIENT = Pattern.compile("\\s*\\$(simple)?\\{(headers?\\b|in\\.headers?\\b|body|bodyAs|mandatoryBodyAs|jq|jsonpath|"
            + "exchangeProperty\\.(model|user|session|query|deployment)\\b).*", Pattern.DOTALL);

    private final Problems warnings;

    public ClientChosenEndpointCheck(Problems problems) {
        this.warnings = problems.warnings();
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isSend() && !visit.model().equals("ToDefinition") || visit.isPoll()) {
            visit.uri().ifPresent(uri -> check(visit, uri, OF_CLIENT.matcher(YamlText.text(uri)).matches()));
        } else if (visit.namesEndpoints()) {
            switch (visit.model()) {
                case "SimpleExpression" -> visit.textOrShort("expression").ifPresent(text -> check(visit, text, OF_CLIENT.matcher(YamlText.text(text)).matches()));
                case "HeaderExpression", "JqExpression", "JsonPathExpression" -> visit.textOrShort("expression").ifPresent(text -> check(visit, text, true));
                default -> {
                    // a program, which may choose
                }
            }
        }
    }

    private void check(VisitedNode visit, Node text, boolean isOfClient) {
        if (isOfClient) {
            warnings.at(visit.location(), text).says("sends to", YamlText.text(text))
                    .because("so a client that gives it chooses the component; write the component in the rule, as in instance:${header.x}");
        }
    }
}
