package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.PlaceholderBraces;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The route templates of the files, and the parameters with which routes are made from them. Immutable. */
public final class RouteTemplates {

    private final Map<String, VisitedNode> templates = new HashMap<>();

    public RouteTemplates(List<VisitedNode> visits) {
        for (VisitedNode visit : visits) {
            if (visit.model().equals("RouteTemplateDefinition")) {
                YamlNodes.text(visit.node(), "id").ifPresent(id -> templates.put(id, visit));
            }
        }
    }

    Set<String> ids() {
        return templates.keySet();
    }

    /** The template of a {@code templatedRoute}; empty if it is in another file than those that are checked. */
    Optional<VisitedNode> of(VisitedNode route) {
        return YamlNodes.text(route.node(), "routeTemplateRef").map(templates::get);
    }

    /** The endpoint that a {@code templatedRoute} begins with; empty if its template is in another file. */
    Optional<String> begin(VisitedNode route) {
        return of(route).map(VisitedNode::node).flatMap(template -> YamlNodes.at(template, "from").or(() -> YamlNodes.at(template, "route", "from")))
                .flatMap(RouteTemplates::uri).map(uri -> EndpointText.base(replaced(uri, values(route))));
    }

    /** The URI of a {@code from}, also if its parameters hold the name: {@code uri: direct} and {@code parameters: { name: x }}. */
    private static Optional<String> uri(Node from) {
        Optional<String> uri = YamlNodes.uri(from);
        Optional<String> name = YamlNodes.at(from, "parameters", "name").map(YamlText::text);
        return uri.map(text -> name.isPresent() && !text.contains(":") ? text + ":" + name.get() : text);
    }

    /** The parameters of a template or of a {@code templatedRoute}. */
    static List<Node> parameters(VisitedNode holder) {
        return YamlNodes.at(holder.node(), "parameters").map(YamlNodes::items).orElse(List.of());
    }

    /** The values of a route's parameters, by name: its own, and the template's defaults for others. */
    Map<String, Node> values(VisitedNode route) {
        Map<String, Node> values = new LinkedHashMap<>();
        of(route).ifPresent(template -> values.putAll(texts(template, "defaultValue")));
        values.putAll(texts(route, "value"));
        return values;
    }

    /** The values that a route itself gives, by the names of the parameters. */
    static Map<String, Node> ownValues(VisitedNode route) {
        return texts(route, "value");
    }

    private static Map<String, Node> texts(VisitedNode holder, String key) {
        Map<String, Node> texts = new LinkedHashMap<>();
        parameters(holder).forEach(parameter -> YamlNodes.text(parameter, "name").ifPresent(name ->
                YamlNodes.at(parameter, key).filter(value -> YamlText.text(value) != null).ifPresent(value -> texts.put(name, value))));
        return texts;
    }

    /** Whether a text of a template holds this parameter. */
    static boolean holds(String text, String parameter) {
        return text.contains(PlaceholderBraces.around(parameter));
    }

    /** A text of a template with the values of its parameters. Property placeholders stay. */
    static String replaced(String text, Map<String, Node> values) {
        String result = text;
        for (Map.Entry<String, Node> value : values.entrySet()) {
            result = result.replace(PlaceholderBraces.around(value.getKey()), YamlText.text(value.getValue()));
        }
        return result;
    }
}
