package dev.openaigateway.rules.routes;

import dev.openaigateway.routing.policy.BalancerAdvice;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.PropertyPlaceholders;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.regex.Pattern;

/** Checks what Camel needs to build a weighted block, also a disabled one: a ratio for each child, also for a disabled one. */
public final class RatioCheck implements NodeCheck {

    private final CamelContext context;
    private final Problems problems;

    public RatioCheck(CheckScope scope) {
        this.context = scope.context();
        this.problems = scope.problems();
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isLoadBalance()) {
            int children = YamlNodes.steps(visit.node()).size();
            YamlNodes.at(visit.node(), "weightedLoadBalancer").ifPresent(weighted -> ratios(visit, weighted, children));
        }
    }

    private void ratios(VisitedNode block, Node weighted, int children) {
        Node node = YamlNodes.at(weighted, "distributionRatio").orElse(null);
        String text = node == null ? null : PropertyPlaceholders.resolve(context, block.location(), node, problems);
        if (text == null) {
            return;
        }
        String delimiter = YamlNodes.text(weighted, "distributionRatioDelimiter").orElse(",");
        String[] ratios = text.split(Pattern.quote(delimiter));
        if (ratios.length != children) {
            problems.at(block.location(), node).says("uses 'weightedLoadBalancer'")
                    .because("which " + BalancerAdvice.ratios(ratios.length, children));
        }
        if (List.of(ratios).stream().allMatch(ratio -> ratio.strip().matches("0+"))) {
            problems.at(block.location(), node).says("has 'distributionRatio'", text).because("in which one number must be more than 0");
        }
        for (String ratio : ratios) {
            if (!ratio.strip().matches("\\d{1,9}")) {
                problems.at(block.location(), node).says("has 'distributionRatio'", ratio.strip()).because("which must be a whole number");
            }
        }
    }
}
