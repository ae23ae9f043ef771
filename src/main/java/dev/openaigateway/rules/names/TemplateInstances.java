package dev.openaigateway.rules.names;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.config.Settings;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the instances that routes from templates name by their parameters, which stand where the route is made. */
public final class TemplateInstances {

    private static final Set<String> ENDPOINTS = Set.of("to", "wireTap", "toD");
    private static final String BEGIN = "{{";

    private final Settings settings;
    private final Problems problems;
    private final Map<String, VisitedNode> templates = new HashMap<>();

    public TemplateInstances(Settings settings, List<VisitedNode> visits, Problems problems) {
        this.settings = settings;
        this.problems = problems;
        visits.stream().filter(visit -> visit.model().equals("RouteTemplateDefinition"))
                .forEach(visit -> YamlNodes.text(visit.node(), "id").ifPresent(id -> templates.put(id, visit)));
    }

    /** Checks a {@code templatedRoute}, unless its template is in another file than those that are checked. */
    public void check(VisitedNode route) {
        VisitedNode template = templates.get(YamlNodes.text(route.node(), "routeTemplateRef").orElse(""));
        if (template != null) {
            Map<String, Node> values = new LinkedHashMap<>();
            put(values, template.node(), "defaultValue");
            put(values, route.node(), "value");
            steps(template.node(), route, values);
        }
    }

    private static void put(Map<String, Node> values, Node holder, String key) {
        YamlNodes.at(holder, "parameters").map(YamlNodes::items).orElse(List.of()).forEach(parameter -> YamlNodes.text(parameter, "name")
                .ifPresent(name -> YamlNodes.at(parameter, key).filter(value -> YamlText.text(value) != null).ifPresent(value -> values.put(name, value))));
    }

    private void steps(Node node, VisitedNode route, Map<String, Node> values) {
        YamlNodes.items(node).forEach(item -> steps(item, route, values));
        if (node instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                Node step = entry.getValueNode();
                if (ENDPOINTS.contains(String.valueOf(YamlText.key(entry)))) {
                    YamlNodes.uri(step).ifPresent(uri ->
                            endpoint(uri, YamlNodes.text(step, "parameters", "tag"), YamlNodes.text(step, "parameters", "exclude"), route, values));
                }
                steps(step, route, values);
            }
        }
    }

    private void endpoint(String written, Optional<String> tag, Optional<String> exclude, VisitedNode route, Map<String, Node> values) {
        String all = written + tag.orElse("") + exclude.orElse("");
        EndpointUri uri = EndpointUri.of(replaced(written, values));
        if (!all.contains(BEGIN) || !uri.scheme().equals("instance") || replaced(all, values).matches("(?s).*(\\{\\{|\\$\\{).*")) {
            return;
        }
        try {
            InstanceSelection.of(uri.rest(), tag.map(text -> replaced(text, values)).orElse(uri.options().get("tag")),
                    exclude.map(text -> replaced(text, values)).orElse(uri.options().get("exclude"))).unknown(settings).forEach(unknown ->
                    problems.unknown(route.location(), place(all, unknown.word(), route), "names " + unknown.kind(), unknown.word(),
                            "which is not configured" + (unknown.known().isEmpty() ? " (no instance has tags)" : ""), unknown.known()));
        } catch (IllegalArgumentException contradiction) {
            // reported when the route is made
        }
    }

    private static String replaced(String text, Map<String, Node> values) {
        String result = text;
        for (Map.Entry<String, Node> value : values.entrySet()) {
            result = result.replace(BEGIN + value.getKey() + "}}", YamlText.text(value.getValue()));
        }
        return result;
    }

    /** The value with the word; the reference to the template if the word is put together, or is a default. */
    private static Node place(String written, String word, VisitedNode route) {
        Map<String, Node> own = new LinkedHashMap<>();
        put(own, route.node(), "value");
        return own.entrySet().stream().filter(value -> written.contains(BEGIN + value.getKey() + "}}") && YamlText.text(value.getValue()).contains(word))
                .map(Map.Entry::getValue).findFirst().or(() -> YamlNodes.at(route.node(), "routeTemplateRef")).orElse(route.node());
    }
}
