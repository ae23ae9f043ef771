package dev.openaigateway.rules.routes;

import dev.openaigateway.rules.yaml.DisabledSteps;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses a step that sends to an instance after a step that certainly has sent there: it would be skipped for every request, because the
 * first has responded, or its failure has ended the rule. A rule may ask a second time after it has put a request into the body again.
 * Takes nodes without disabled steps.
 */
public final class SequenceCheck implements NodeCheck {

    /** Steps whose children each get the request, or a copy of it, and do not follow each other. */
    private static final Set<String> NO_SEQUENCES = Set.of("LoadBalanceDefinition", "MulticastDefinition");
    /** Steps that leave the body as it is. */
    private static final Set<String> KEEPING_BODY = Set.of("log", "delay", "wireTap", "setHeader", "setHeaders", "setProperty", "setVariable",
            "setVariables", "removeHeader", "removeHeaders", "removeProperty", "removeProperties", "removeVariable");

    private final Problems problems;
    private final List<VisitedNode> visits = new ArrayList<>();
    private final Map<String, List<Node>> routes = new HashMap<>();

    public SequenceCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        visits.add(visit);
    }

    @Override
    public void complete() {
        if (visits.stream().anyMatch(visit -> visit.model().equals("OnExceptionDefinition") && YamlNodes.at(visit.node(), "continued").isPresent())) {
            return;
        }
        visits.forEach(this::route);
        for (VisitedNode visit : visits) {
            if (!visit.location().file().shipped() && !NO_SEQUENCES.contains(visit.model())) {
                sequence(visit, YamlNodes.steps(visit.node()));
                UnreachableSteps.report(visit, problems.warnings());
            }
        }
    }

    private void route(VisitedNode visit) {
        if (visit.isRouteInput()) {
            visit.uri().map(YamlText::text).ifPresent(uri -> routes.putIfAbsent(EndpointText.base(uri), YamlNodes.steps(visit.node())));
        }
    }

    private void sequence(VisitedNode visit, List<Node> steps) {
        Node served = null;
        for (Node step : steps) {
            if (served != null && isSend(step) && !sendsVariable(step)) {
                int line = served.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                problems.at(visit.location(), step).says("sends to an instance although the step in line " + line + " already did,")
                        .because("so this step never runs. To fail over, put both into one 'loadBalance'; to choose, use 'choice' with 'otherwise'");
            }
            served = isServing(step, new HashSet<>()) ? step : isKeepingBody(step) ? served : null;
        }
    }

    /** Whether an instance has served the request after these steps, for certain, and the body is its response. */
    private boolean endsServed(List<Node> steps, Set<String> seen) {
        boolean served = false;
        for (Node step : steps) {
            served = isServing(step, seen) || served && isKeepingBody(step);
        }
        return served;
    }

    private boolean isServing(Node step, Set<String> seen) {
        if (isSend(step)) {
            return true;
        }
        Node choice = YamlNodes.at(step, "choice").orElse(null);
        if (choice != null) {
            return !DisabledSteps.mayBe(choice)
                    && YamlNodes.at(choice, "otherwise").filter(branch -> !DisabledSteps.mayBe(branch) && endsServed(YamlNodes.steps(branch), seen)).isPresent()
                    && YamlNodes.at(choice, "when").map(YamlNodes::items).orElse(List.of()).stream().allMatch(branch -> endsServed(YamlNodes.steps(branch), seen));
        }
        String called = YamlNodes.at(step, "to").filter(to -> !DisabledSteps.mayBe(to)).flatMap(YamlNodes::uri).map(EndpointText::base).orElse("");
        return EndpointText.isDirect(called) && seen.add(called) && endsServed(routes.getOrDefault(called, List.of()), seen);
    }

    /** Whether a step sends to an instance itself, or all steps of the block that it is. */
    private static boolean isSend(Node step) {
        Node block = YamlNodes.at(step, "loadBalance").orElse(null);
        if (block != null) {
            return !DisabledSteps.mayBe(block) && !YamlNodes.steps(block).isEmpty() && YamlNodes.steps(block).stream().allMatch(SequenceCheck::isSend);
        }
        return YamlNodes.at(step, "to").or(() -> YamlNodes.at(step, "toD")).filter(to -> YamlNodes.uri(to).orElse("").startsWith("instance:")
                && YamlNodes.at(to, "variableReceive").isEmpty() && !DisabledSteps.mayBe(to)).isPresent();
    }

    /** Whether a step sends the request that a variable keeps, in place of the body, or one in the block that it is does. */
    private static boolean sendsVariable(Node step) {
        return Stream.of("to", "toD").anyMatch(key -> YamlNodes.at(step, key, "variableSend").isPresent())
                || YamlNodes.at(step, "loadBalance").filter(block -> YamlNodes.steps(block).stream().anyMatch(SequenceCheck::sendsVariable)).isPresent();
    }

    private static boolean isKeepingBody(Node step) {
        return step instanceof MappingNode object && object.getValue().stream().map(YamlText::key).allMatch(key -> key != null && KEEPING_BODY.contains(key));
    }
}
