package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks routes that are made from templates: the template and its parameters. */
public final class TemplateCheck implements NodeCheck {

    private final Set<String> others;
    private final RouteTemplates templates;
    private final Problems problems;

    /** @param others the ids of templates of files that are not checked */
    public TemplateCheck(Set<String> others, RouteTemplates templates, Problems problems) {
        this.others = others;
        this.templates = templates;
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isTemplatedRoute()) {
            template(visit);
        }
    }

    private void template(VisitedNode route) {
        Node ref = YamlNodes.at(route.node(), "routeTemplateRef").orElse(null);
        String name = ref == null ? null : YamlText.text(ref);
        if (name == null || name.contains("{{")) {
            return;
        }
        Optional<VisitedNode> template = templates.of(route);
        if (template.isPresent()) {
            parameters(route, template.get(), ref);
        } else if (!others.contains(name)) {
            problems.at(route.location(), ref).says("names route template", name).because("which does not exist", templates.ids());
        }
    }

    private void parameters(VisitedNode route, VisitedNode template, Node ref) {
        Map<String, Node> missing = new LinkedHashMap<>();
        TreeSet<String> known = new TreeSet<>();
        for (Node parameter : RouteTemplates.parameters(template)) {
            String name = YamlNodes.text(parameter, "name").orElse("");
            known.add(name);
            if (YamlNodes.at(parameter, "defaultValue").isEmpty() && !YamlNodes.text(parameter, "required").orElse("true").equals("false")) {
                missing.put(name, parameter);
            }
        }
        for (Node parameter : RouteTemplates.parameters(route)) {
            YamlNodes.at(parameter, "name").filter(name -> YamlText.text(name) != null).ifPresent(name -> {
                missing.remove(YamlText.text(name));
                if (!known.contains(YamlText.text(name))) {
                    problems.at(route.location(), name).says("sets parameter", YamlText.text(name))
                            .because("which the template at " + template.where() + " does not have", known);
                }
            });
        }
        missing.forEach((name, parameter) -> problems.at(route.location(), ref).says("does not set parameter", name)
                .because("which the template needs; it is declared at " + template.where(parameter)));
    }
}
