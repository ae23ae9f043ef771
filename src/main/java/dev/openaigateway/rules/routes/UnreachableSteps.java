package dev.openaigateway.rules.routes;

import dev.openaigateway.rules.yaml.DisabledSteps;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds steps that no request reaches, since a step before them ends each one. They do no harm, so they are worth a warning only. */
final class UnreachableSteps {

    private static final Set<String> ENDING = Set.of("stop", "throwException");
    private static final String REJECT = "reject:";

    private UnreachableSteps() {
    }

    /**
     * Reports the first step after one that ends each request, in each list of steps of a node.
     *
     * @param visit a node of a tree without disabled steps
     */
    static void report(VisitedNode visit, Problems warnings) {
        Node ending = null;
        for (Node step : YamlNodes.steps(visit.node())) {
            if (ending != null) {
                String line = ending.getStartMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse("");
                warnings.at(visit.location(), step).says("has step", name(step)).because("which never runs: '" + name(ending) + "'" + line
                        + " ends each request before it. To end only some, put that into a 'filter' or 'choice'");
                return;
            }
            ending = ends(step) ? step : null;
        }
    }

    private static boolean ends(Node step) {
        if (!(step instanceof MappingNode object) || object.getValue().size() != 1) {
            return false;
        }
        Node content = object.getValue().get(0).getValueNode();
        if (DisabledSteps.mayBe(content)) {
            return false;
        }
        String name = name(step);
        Optional<Node> otherwise = name.equals("choice") ? YamlNodes.at(content, "otherwise") : Optional.empty();
        if (otherwise.isPresent()) {
            List<Node> branches = YamlNodes.at(content, "when").map(YamlNodes::items).orElse(List.of());
            return !DisabledSteps.mayBe(otherwise.get()) && endsWith(otherwise.get()) && branches.stream().allMatch(UnreachableSteps::endsWith);
        }
        String uri = name.equals("to") ? YamlNodes.uri(content).orElse("") : "";
        return ENDING.contains(name) || uri.startsWith(REJECT) || uri.equals("reject");
    }

    private static boolean endsWith(Node branch) {
        return YamlNodes.steps(branch).stream().anyMatch(UnreachableSteps::ends);
    }

    private static String name(Node step) {
        return step instanceof MappingNode object && !object.getValue().isEmpty() ? String.valueOf(YamlText.key(object.getValue().get(0))) : "";
    }
}
