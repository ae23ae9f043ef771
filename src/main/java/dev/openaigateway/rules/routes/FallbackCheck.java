package dev.openaigateway.rules.routes;

import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.upstream.InstanceComponent;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Map;

/** Checks fallbacks to another model: the order of the children of a block, and that only such children have {@code when}. */
public final class FallbackCheck implements NodeCheck {

    private static final String WHEN = "when";
    private static final String MODEL = "model";

    private final Problems problems;

    public FallbackCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isLoadBalance()) {
            checkChildren(visit);
        } else if (visit.isSend()) {
            visit.uri().ifPresent(uri -> checkStep(visit, uri));
        }
    }

    /** Checks the order of the children of a {@code loadBalance} block. */
    private void checkChildren(VisitedNode block) {
        String fallback = null;
        boolean first = true;
        for (Node child : YamlNodes.steps(block.node())) {
            Node to = YamlNodes.at(child, "to").orElse(null);
            Map<String, String> options = options(to);
            boolean plain = !options.containsKey(MODEL) && !options.containsKey(WHEN);
            if (first && options.containsKey(WHEN)) {
                problems.at(block.location(), child).says("sets 'when' to", options.get(WHEN)).because("but no model before it can fail: "
                        + "put the children without 'model' and 'when' first");
            } else if (plain && fallback != null) {
                problems.at(block.location(), child).says("has a child without 'model' after the fallback", fallback)
                        .because("but the children without 'model' and 'when' come first");
            }
            fallback = plain ? fallback : options.getOrDefault(MODEL, options.get(WHEN));
            first = false;
        }
    }

    /** Reports {@code when} on a step that is no child of a {@code loadBalance} block. */
    private void checkStep(VisitedNode step, Node uri) {
        Map<String, String> options = options(step.node());
        if (options.containsKey(WHEN) && !"loadBalance".equals(step.location().parentStep())) {
            problems.at(step.location(), uri).says("sets 'when' to", options.get(WHEN))
                    .because("which has an effect only on a child of 'loadBalance'");
        }
    }

    /** The options of a step that sends to an instance; empty for any other. */
    private static Map<String, String> options(Node step) {
        return YamlNodes.uri(step).map(EndpointUri::of).filter(endpoint -> endpoint.scheme().equals(InstanceComponent.SCHEME))
                .map(endpoint -> endpoint.options(YamlNodes.at(step, "parameters").orElse(null))).orElse(Map.of());
    }
}
