package dev.openaigateway.explain;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WhenDefinition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routes of rules as a tree of their steps. A route that only one step calls stands below that step. Not thread-safe. */
public final class RuleOutline {

    /** The other file whose routes are live. */
    private static final String EVENTS = "events.camel.yaml";

    /**
     * A route or a step.
     *
     * @param id     its index in the list
     * @param parent the index of what it is in; null for a route that no step calls
     * @param kind   such as {@code route}, {@code choice}, {@code when}, {@code loadBalance} or {@code to}
     * @param label  the id of the route; expression, endpoint or policy of the step; null if there is nothing to say
     * @param at     file and line; null if unknown
     * @param rule   its name in logs and usage records; null for a branch, which has none
     * @param target the URI that the step sends to, without what may be secret; null if it sends nowhere
     */
    public record Node(int id, Integer parent, String kind, String label, String at, String rule, String target) {
    }

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, RouteDefinition> byInput = new HashMap<>();
    private final Set<RouteDefinition> placed = new HashSet<>();

    private RuleOutline() {
    }

    /** The nodes, each after the one that it is in. */
    public static List<Node> of(List<RouteDefinition> routes) {
        RuleOutline outline = new RuleOutline();
        routes.stream().filter(RuleOutline::isRule).forEach(route -> outline.byInput.put(input(route), route));
        if (outline.byInput.containsKey(GatewayEndpoints.RULES)) {
            outline.addRoute(outline.byInput.get(GatewayEndpoints.RULES), null);
        }
        routes.stream().filter(outline.byInput::containsValue).forEach(route -> outline.addRoute(route, null));
        return List.copyOf(outline.nodes);
    }

    private static boolean isRule(RouteDefinition route) {
        return EndpointText.isDirect(input(route)) && !String.valueOf(StepLocation.at(route)).startsWith(EVENTS);
    }

    private static String input(RouteDefinition route) {
        return route.getInput() == null ? "" : Destination.withoutSecrets(route.getInput().getEndpointUri());
    }

    private void addRoute(RouteDefinition route, Integer parent) {
        if (placed.add(route)) {
            String id = StepLocation.inTheFile(route.getRouteId());
            int node = add(parent, "route", id, StepLocation.at(route), id, null);
            addAll(route.getOutputs(), node);
        }
    }

    private void addAll(List<ProcessorDefinition<?>> steps, int parent) {
        steps.forEach(step -> addStep(step, parent));
    }

    private void addStep(ProcessorDefinition<?> step, int parent) {
        String target = target(step);
        int node = add(parent, step.getShortName(), StepText.of(step), StepLocation.at(step), RuleNames.name(step), target);
        if (step instanceof ChoiceDefinition choice) {
            for (WhenDefinition when : choice.getWhenClauses()) {
                addAll(when.getOutputs(), add(node, "when", StepText.of(when.getExpression()), StepLocation.at(when), null, null));
            }
            if (choice.getOtherwise() != null) {
                addAll(choice.getOtherwise().getOutputs(), add(node, "otherwise", null, StepLocation.at(choice.getOtherwise()), null, null));
            }
        } else {
            addAll(step.getOutputs(), node);
        }
        RouteDefinition called = target == null ? null : byInput.get(target);
        if (called != null) {
            addRoute(called, node);
        }
    }

    private static String target(ProcessorDefinition<?> step) {
        String uri = step instanceof ToDynamicDefinition dynamic ? dynamic.getUri() : step instanceof SendDefinition<?> send ? send.getUri() : null;
        return uri == null ? null : Destination.withoutSecrets(uri);
    }

    private int add(Integer parent, String kind, String label, String at, String rule, String target) {
        int id = nodes.size();
        nodes.add(new Node(id, parent, kind, label, at, rule, target));
        return id;
    }
}
