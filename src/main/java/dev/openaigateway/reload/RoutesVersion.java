package dev.openaigateway.reload;

import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One version of the live route files, ready to be started. Immutable.
 *
 * @param files          the files as they were read
 * @param routes         their routes
 * @param begins         for each URI that a route begins with: the endpoint of this version that stands in for it
 * @param beans          names of the beans that the files have bound
 * @param configurations the route configurations of the files
 * @param before         what was in the context before the files were read
 */
record RoutesVersion(List<FileText> files, List<RouteDefinition> routes, Map<String, Endpoint> begins, Set<String> beans,
                     List<RouteConfigurationDefinition> configurations, ContextSnapshot before) {

    RoutesVersion {
        files = List.copyOf(files);
        routes = List.copyOf(routes);
        begins = Map.copyOf(begins);
        beans = Set.copyOf(beans);
        configurations = List.copyOf(configurations);
    }

    boolean has(RouteDefinition route) {
        return routes.stream().anyMatch(own -> own == route);
    }

    /** Returns the short names of the files that differ, among them those that were added or removed. */
    List<String> changedSince(RoutesVersion other) {
        return FileText.changes(other.files, files);
    }
}
