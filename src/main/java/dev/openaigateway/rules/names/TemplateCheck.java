package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks routes that are made from templates: the template, its parameters, and where the routes begin. */
public final class TemplateCheck {

    private final Set<String> others;
    private final Problems problems;
    private final Map<String, VisitedNode> templates = new HashMap<>();

    /** @param others the ids of templates of files that are not checked */
    public TemplateCheck(Set<String> others, List<VisitedNode> visits, Problems problems) {
        this.others = others;
        this.problems = problems;
        for (VisitedNode visit : visits) {
            if (visit.model().equals("RouteTemplateDefinition")) {
                YamlNodes.text(visit.node(), "id").ifPresent(id -> templates.put(id, visit));
            }
        }
    }

    /** The endpoint that a route from a template begins with; empty if its template is in another file. */
    public Optional<String> begin(VisitedNode route) {
        VisitedNode template = templates.get(YamlNodes.text(route.node(), "routeTemplateRef").orElse(""));
        if (template == null) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        parameters(template.node()).forEach(parameter -> YamlNodes.text(parameter, "defaultValue")
                .ifPresent(value -> values.put(YamlNodes.text(parameter, "name").orElse(""), value)));
        parameters(route.node()).forEach(parameter -> YamlNodes.text(parameter, "value")
                .ifPresent(value -> values.put(YamlNodes.text(parameter, "name").orElse(""), value)));
        Optional<Node> from = YamlNodes.at(template.node(), "from").or(() -> YamlNodes.at(template.node(), "route", "from"));
        String uri = from.flatMap(TemplateCheck::uri).orElse(null);
        for (Map.Entry<String, String> value : values.entrySet()) {
            uri = uri == null ? null : uri.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return Optional.ofNullable(uri).map(EndpointUri::base);
    }

    /** The URI of a {@code from}, also if its parameters hold the name: {@code uri: direct} and {@code parameters: { name: x }}. */
    private static Optional<String> uri(Node from) {
        Optional<String> uri = YamlNodes.uri(from);
        Optional<String> name = YamlNodes.at(from, "parameters", "name").map(YamlText::text);
        return uri.map(text -> name.isPresent() && !text.contains(":") ? text + ":" + name.get() : text);
    }

    /** Checks a {@code templatedRoute}. */
    public void check(VisitedNode route) {
        Node ref = YamlNodes.at(route.node(), "routeTemplateRef").orElse(null);
        String name = ref == null ? null : YamlText.text(ref);
        if (name == null || name.contains("{{")) {
            return;
        }
        VisitedNode template = templates.get(name);
        if (template != null) {
            parameters(route, template, ref);
        } else if (!others.contains(name)) {
            problems.unknown(route.location(), ref, "names route template", name, "which does not exist", templates.keySet());
        }
    }

    private void parameters(VisitedNode route, VisitedNode template, Node ref) {
        Map<String, Node> missing = new LinkedHashMap<>();
        TreeSet<String> known = new TreeSet<>();
        for (Node parameter : parameters(template.node())) {
            String name = YamlNodes.text(parameter, "name").orElse("");
            known.add(name);
            if (YamlNodes.at(parameter, "defaultValue").isEmpty() && !YamlNodes.text(parameter, "required").orElse("true").equals("false")) {
                missing.put(name, parameter);
            }
        }
        for (Node parameter : parameters(route.node())) {
            YamlNodes.at(parameter, "name").filter(name -> YamlText.text(name) != null).ifPresent(name -> {
                missing.remove(YamlText.text(name));
                if (!known.contains(YamlText.text(name))) {
                    problems.unknown(route.location(), name, "sets parameter", YamlText.text(name), "which the template at " + template.where()
                            + " does not have", known);
                }
            });
        }
        missing.forEach((name, parameter) -> problems.add(route.location(), ref, "does not set parameter", name,
                "which the template needs; it is declared at " + template.where(parameter)));
    }

    private static List<Node> parameters(Node node) {
        return YamlNodes.at(node, "parameters").map(YamlNodes::items).orElse(List.of());
    }
}
