package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.support.ObjectHelper;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the endpoints in nodes, and has each of them checked. */
final class EndpointNodes implements NodeCheck {

    /** Steps whose expression gives a list of endpoints, with the key for what is between them. */
    private static final Map<String, String> LISTS = Map.of("RecipientListDefinition", "delimiter", "RoutingSlipDefinition", "uriDelimiter",
            "DynamicRouterDefinition", "uriDelimiter");
    private static final Set<String> OF_ONE = Set.of("enrich", "pollEnrich");
    private static final String COMMA = ",";
    /** As a delimiter, it takes the text for one endpoint. */
    private static final String NO_LIST = "false";

    private final EndpointCheck endpoints;
    /** What is between the endpoints of the list that was entered last; it stands before its expression, whatever the order of its keys. */
    private String delimiter = COMMA;

    EndpointNodes(EndpointCheck endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void check(VisitedNode visit) {
        if (LISTS.containsKey(visit.model())) {
            delimiter = YamlNodes.text(visit.node(), LISTS.get(visit.model())).orElse(COMMA);
        }
        boolean receives = visit.isRouteInput() || visit.isPoll();
        if (visit.isSend() || receives) {
            visit.uri().ifPresent(uri -> endpoints.check(visit, uri, receives));
        } else {
            YamlNodes.at(visit.node(), "deadLetterUri").filter(uri -> YamlText.text(uri) != null)
                    .ifPresent(uri -> endpoints.check(visit, uri, false));
        }
        if (visit.namesEndpoints()) {
            visit.textOrShort("expression").ifPresent(text -> called(visit, text));
        }
    }

    /** Splits as Camel does; a delimiter that is known only later gives no endpoint to check. */
    private List<String> list(String uris) {
        if (delimiter.contains("{{")) {
            return List.of();
        }
        List<String> list = new ArrayList<>();
        ObjectHelper.createIterable(uris, delimiter.equalsIgnoreCase(NO_LIST) ? null : delimiter).forEach(uri -> list.add(String.valueOf(uri)));
        return list;
    }

    private void called(VisitedNode visit, Node text) {
        String language = ExpressionNodes.language(visit);
        String uris = YamlText.text(text);
        if ((language.equals("constant") || language.equals("simple")) && !uris.contains("${") && !uris.contains("{{")) {
            String holder = visit.location().holder();
            for (String uri : OF_ONE.contains(holder) ? List.of(uris) : list(uris)) {
                endpoints.checkText(visit.location(), text, uri.strip(), holder.equals("pollEnrich"));
            }
        }
    }
}
