package dev.openaigateway.rules.names;

import dev.openaigateway.call.rule.GatewayEndpoints;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

import java.util.List;
import java.util.Set;

/** The route before the rules, which a user may replace by an own one. */
final class GatewayRoute {

    /** The gateway's own steps before the rules. */
    private static final Set<String> STEPS = Set.of("openAiPath", "accept", "authenticate", "read", "admit");

    private GatewayRoute() {
    }

    /** Whether rules get the body as it came, for certain. Without such a route among these, it is the one in the jar. */
    static boolean leavesBody(List<RouteDefinition> routes) {
        return routes.stream().filter(route -> route.getInput() != null && GatewayEndpoints.ENTRY.equals(route.getInput().getEndpointUri()))
                .allMatch(route -> route.getOutputs().stream().filter(step -> !step.isAbstract()).takeWhile(step -> !(step instanceof ToDefinition))
                        .allMatch(GatewayRoute::isOwn));
    }

    private static boolean isOwn(ProcessorDefinition<?> step) {
        return step instanceof ProcessDefinition process && STEPS.contains(String.valueOf(process.getRef()));
    }
}
