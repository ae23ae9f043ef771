package dev.openaigateway.explain;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of the steps of rules, for logs and traces: the id of the route, then the id of the step or of the nearest
 * branch or block around it that has one, such as {@code routing/cheap}; the line in the file if none has an id, such as
 * {@code routing:24}. Computed when a route is added, so that requests only look them up. Thread-safe.
 */
public final class RuleNames {

    private final Map<String, String> bySteps = new ConcurrentHashMap<>();
    private final Map<String, String> byRoutes = new ConcurrentHashMap<>();

    void add(ProcessorDefinition<?> step) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        if (route != null) {
            byRoutes.put(route.getRouteId(), StepLocation.inTheFile(route.getRouteId()));
        }
        bySteps.put(step.getId(), name(step));
    }

    /** A step outside routes is in an {@code onException} or the like of the file, which takes the place of the route. Without an id it has the file too. */
    static String name(ProcessorDefinition<?> step) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        String within = within(step);
        return route != null ? StepLocation.inTheFile(route.getRouteId()) + within
                : outermost(step) + (within.startsWith(":") ? ":" + StepLocation.at(step) : within);
    }

    private static String outermost(NamedNode step) {
        NamedNode at = step;
        while (at.getParent() != null) {
            at = at.getParent();
        }
        return at.getShortName();
    }

    private static String within(ProcessorDefinition<?> step) {
        for (NamedNode at = step; at != null && !(at instanceof RouteDefinition); at = StepBranch.around(at)) {
            if (!(at instanceof ChoiceDefinition) && at instanceof OptionalIdentifiedDefinition<?> node && node.hasCustomIdAssigned()) {
                return "/" + StepLocation.inTheFile(node.getId());
            }
        }
        return step.getLineNumber() > 0 ? ":" + step.getLineNumber() : "";
    }

    /** Returns the name of the step that runs; null outside the rules. */
    public String of(Exchange exchange) {
        String step = exchange.getExchangeExtension().getHistoryNodeId();
        return step == null ? null : bySteps.get(step);
    }

    /** Returns the name of a route of the rules, by its id in Camel; null for another route. */
    public String ofRoute(String routeId) {
        return routeId == null ? null : byRoutes.get(routeId);
    }

    /** Forgets those steps of a removed route whose ids Camel made. Other ids may be those of the next version too. */
    void remove(List<ProcessorDefinition<?>> steps) {
        for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(steps, ProcessorDefinition.class)) {
            if (step.getId() != null && !step.hasCustomIdAssigned()) {
                bySteps.remove(step.getId());
            }
        }
    }
}
