package dev.openaigateway.reload.live;

import dev.openaigateway.reload.files.DuplicateIdException;
import dev.openaigateway.reload.files.RoutePlace;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What files give to routes and steps, and each may have only once: ids, and the order of the start. */
final class UniqueIds {

    private UniqueIds() {
    }

    /**
     * In one pass: Camel's own check compares each route with all others.
     *
     * @param others the routes of other files
     * @throws DuplicateIdException        if one of the routes, or a step of it, has an id that is given twice
     * @throws FailedToStartRouteException if two routes have the same {@code startupOrder}
     */
    static void require(List<RouteDefinition> routes, List<RouteDefinition> others) throws FailedToStartRouteException {
        Set<String> known = new HashSet<>();
        others.forEach(route -> known.addAll(in(route)));
        for (RouteDefinition route : routes) {
            for (String id : in(route)) {
                if (!known.add(id)) {
                    throw new DuplicateIdException(route, id);
                }
            }
        }
        requireOrders(routes, others);
    }

    /** Camel would find it only when the second one has its turn to start. */
    private static void requireOrders(List<RouteDefinition> routes, List<RouteDefinition> others) throws FailedToStartRouteException {
        Map<Integer, RouteDefinition> known = new HashMap<>();
        for (RouteDefinition route : Stream.concat(others.stream(), routes.stream()).filter(each -> each.getStartupOrder() != null).toList()) {
            RouteDefinition other = known.putIfAbsent(route.getStartupOrder(), route);
            if (other != null && routes.contains(route)) {
                throw new FailedToStartRouteException(route.getRouteId(), "", new IllegalStateException("its startupOrder " + route.getStartupOrder()
                        + " is also that of " + RoutePlace.subject(other)));
            }
        }
    }

    private static List<String> in(RouteDefinition route) {
        String prefix = route.getNodePrefixId() == null ? "" : route.getNodePrefixId();
        List<String> ids = new ArrayList<>();
        ProcessorDefinitionHelper.gatherAllNodeIds(route, ids, true, false);
        return ids.stream().filter(id -> !id.startsWith("{{")).map(id -> prefix + id).toList();
    }
}
