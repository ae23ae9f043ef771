package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Set;

/** Finds the endpoints in nodes, and has each of them checked. */
final class EndpointNodes implements NodeCheck {

    /** Steps whose expression gives endpoints to call. */
    private static final Set<String> CALLING = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip");

    private final EndpointCheck endpoints;

    EndpointNodes(EndpointCheck endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isSend() || visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> endpoints.check(visit, uri, visit.isRouteInput()));
        } else {
            YamlNodes.at(visit.node(), "deadLetterUri").filter(uri -> YamlText.text(uri) != null)
                    .ifPresent(uri -> endpoints.check(visit, uri, false));
        }
        if (visit.model().endsWith("Expression") && CALLING.contains(String.valueOf(visit.location().holder()))) {
            visit.textOrShort("expression").ifPresent(text -> called(visit, text));
        }
    }

    private void called(VisitedNode visit, Node text) {
        String language = ExpressionNodes.language(visit);
        String uris = YamlText.text(text);
        if ((language.equals("constant") || language.equals("simple")) && !uris.contains("${") && !uris.contains("{{")) {
            for (String uri : uris.split(",")) {
                endpoints.checkText(visit.location(), text, uri.strip());
            }
        }
    }
}
