package dev.openaigateway.rules.names;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.config.Settings;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks the instances that routes from templates name by their parameters, which stand where the route is made. */
public final class TemplateInstanceCheck implements NodeCheck {

    private static final Set<String> ENDPOINTS = Set.of("to", "wireTap", "toD");

    private final Settings settings;
    private final RouteTemplates templates;
    private final Problems problems;

    public TemplateInstanceCheck(Settings settings, RouteTemplates templates, Problems problems) {
        this.settings = settings;
        this.templates = templates;
        this.problems = problems;
    }

    /** Checks a {@code templatedRoute}, unless its template is in another file than those that are checked. */
    @Override
    public void check(VisitedNode visit) {
        if (visit.isTemplatedRoute()) {
            templates.of(visit).ifPresent(template -> steps(template.node(), visit, templates.values(visit)));
        }
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
        EndpointUri uri = EndpointUri.of(RouteTemplates.replaced(written, values));
        if (!all.contains("{{") || !uri.scheme().equals("instance") || RouteTemplates.replaced(all, values).matches("(?s).*(\\{\\{|\\$\\{).*")) {
            return;
        }
        try {
            InstanceSelection.of(uri.rest(), tag.map(text -> RouteTemplates.replaced(text, values)).orElse(uri.options().get("tag")),
                    exclude.map(text -> RouteTemplates.replaced(text, values)).orElse(uri.options().get("exclude"))).unknown(settings).forEach(unknown ->
                    problems.at(route.location(), place(all, unknown.word(), route)).says("names " + unknown.kind(), unknown.word())
                            .because(unknown.requirement(), unknown.known()));
        } catch (IllegalArgumentException contradiction) {
            // reported when the route is made
        }
    }

    /** The value with the word; the reference to the template if the word is put together, or is a default. */
    private static Node place(String written, String word, VisitedNode route) {
        return RouteTemplates.ownValues(route).entrySet().stream()
                .filter(value -> RouteTemplates.holds(written, value.getKey()) && YamlText.text(value.getValue()).contains(word))
                .map(Map.Entry::getValue).findFirst().or(() -> YamlNodes.at(route.node(), "routeTemplateRef")).orElse(route.node());
    }
}
