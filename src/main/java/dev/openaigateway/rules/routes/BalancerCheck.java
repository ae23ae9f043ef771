package dev.openaigateway.rules.routes;

import dev.openaigateway.routing.Policy;
import dev.openaigateway.routing.policy.BalancerAdvice;
import dev.openaigateway.rules.classes.BeanCheck;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.List;

/** Refuses blocks of Camel that cannot work with instances in them, or in routes that they send to. Takes nodes that requests reach. */
public final class BalancerCheck implements NodeCheck {

    private final CamelContext context;
    private final DeclaredNames declared;
    private final CallCheck calls;
    private final Problems problems;
    private final List<VisitedNode> blocks = new ArrayList<>();

    /** @param calls with the steps of all routes, when all nodes are known */
    public BalancerCheck(CheckScope scope, CallCheck calls) {
        this.context = scope.context();
        this.declared = scope.declared();
        this.calls = calls;
        this.problems = scope.problems();
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isLoadBalance()) {
            blocks.add(visit);
        }
    }

    @Override
    public void complete() {
        for (VisitedNode block : blocks) {
            policyChildren(block);
            if (YamlNodes.steps(block.node()).stream().anyMatch(this::leadsToInstance)) {
                withInstances(block);
            }
        }
    }

    private void withInstances(VisitedNode block) {
        YamlNodes.at(block.node(), "topicLoadBalancer").ifPresent(topic ->
                problems.at(block.location(), topic).says("uses 'topicLoadBalancer'").because("which " + BalancerAdvice.TOPIC));
        YamlNodes.at(block.node(), "failoverLoadBalancer", "exception").ifPresent(exceptions -> {
            if (YamlNodes.items(exceptions).stream().map(YamlText::text).noneMatch(name -> name == null || BalancerAdvice.ANY_FAILURE.contains(name))) {
                problems.at(block.location(), exceptions).says("uses 'failoverLoadBalancer'").because("which " + BalancerAdvice.EXCEPTIONS);
            }
        });
    }

    /** A policy of the gateway orders instances, and nothing else. */
    private void policyChildren(VisitedNode block) {
        Node custom = YamlNodes.at(block.node(), "customLoadBalancer").orElse(null);
        String ref = custom == null ? null : YamlText.text(custom) != null ? YamlText.text(custom) : YamlNodes.text(custom, "ref").orElse(null);
        if (ref == null || ref.contains("{{") || ref.startsWith("#") || isBalancerOfCamel(ref)) {
            return;
        }
        for (Node child : YamlNodes.steps(block.node())) {
            String uri = YamlNodes.at(child, "to").map(to -> YamlNodes.uri(to).orElse("")).orElse(null);
            if (uri == null || !uri.startsWith("instance:") && !uri.contains("{{") && !uri.isBlank()) {
                problems.at(block.location(), child).says("has in a block with policy", ref).because("a step that is not 'to: instance:...'; "
                        + "put other steps before the block");
            }
        }
    }

    private boolean isBalancerOfCamel(String name) {
        String type = declared.beanTypes().get(name);
        Class<?> declaredType = type == null ? null : BeanCheck.loaded(context, type);
        return declaredType != null && LoadBalancer.class.isAssignableFrom(declaredType)
                || declaredType == null && context.getRegistry().lookupByNameAndType(name, Policy.class) == null
                && context.getRegistry().lookupByNameAndType(name, LoadBalancer.class) != null;
    }

    private boolean leadsToInstance(Node child) {
        return YamlNodes.at(child, "to").or(() -> YamlNodes.at(child, "toD")).flatMap(YamlNodes::uri).filter(calls::leadsToInstance).isPresent();
    }
}
