package dev.openaigateway.reload.live;

import dev.openaigateway.reload.files.DuplicateIdException;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ids that files give to routes and steps. */
final class UniqueIds {

    private UniqueIds() {
    }

    /**
     * In one pass: Camel's own check compares each route with all others.
     *
     * @param others the routes of other files
     * @throws DuplicateIdException if one of the routes, or a step of it, has an id that is given twice
     */
    static void require(List<RouteDefinition> routes, List<RouteDefinition> others) {
        Set<String> known = new HashSet<>();
        others.forEach(route -> known.addAll(in(route)));
        for (RouteDefinition route : routes) {
            for (String id : in(route)) {
                if (!known.add(id)) {
                    throw new DuplicateIdException(route, id);
                }
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
