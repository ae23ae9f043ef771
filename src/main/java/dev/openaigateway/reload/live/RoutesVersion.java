package dev.openaigateway.reload.live;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.endpoint.BeanEndpoints;
import dev.openaigateway.reload.files.FileText;
import dev.openaigateway.reload.files.RouteFailure;
import dev.openaigateway.reload.registry.ContextSnapshot;
import dev.openaigateway.reload.registry.VersionBeans;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One version of the live route files, ready to be started. Immutable. */
public final class RoutesVersion {

    private final List<FileText> files;
    private final List<RouteDefinition> routes;
    private final Map<String, Endpoint> inputs;
    private final BeanEndpoints own;
    private final ContextSnapshot snapshot;
    private final Set<String> beans;
    private final List<RouteConfigurationDefinition> configurations;
    private final List<RouteTemplateDefinition> templates;
    private final VersionBeans toDestroy;
    private final List<Problem> warnings;

    /**
     * @param files  the files as they were read
     * @param inputs the endpoint of this version for each URI that a route begins with
     * @param own    the endpoints that hold beans of these files
     * @param snapshot what was in the context before the files were read
     * @param toDestroy the beans of these files that have a method to call at their end
     * @param warnings probable mistakes in the files
     */
    RoutesVersion(List<FileText> files, List<RouteDefinition> routes, Map<String, Endpoint> inputs, BeanEndpoints own, ContextSnapshot snapshot,
                  VersionBeans toDestroy, List<Problem> warnings) {
        this.toDestroy = toDestroy;
        this.warnings = List.copyOf(warnings);
        this.files = List.copyOf(files);
        this.routes = List.copyOf(routes);
        this.inputs = Map.copyOf(inputs);
        this.own = own;
        this.snapshot = snapshot;
        this.beans = Set.copyOf(snapshot.added());
        this.configurations = List.copyOf(snapshot.addedConfigurations());
        this.templates = List.copyOf(snapshot.addedTemplates());
    }

    List<FileText> files() {
        return files;
    }

    public List<RouteDefinition> routes() {
        return routes;
    }

    List<Problem> warnings() {
        return warnings;
    }

    Map<String, Endpoint> inputs() {
        return inputs;
    }

    ContextSnapshot snapshot() {
        return snapshot;
    }

    /** Says where in the files a route is wrong, from what Camel has thrown while it built or started the route. */
    InvalidSettingsException failure(CamelContext context, Throwable thrown) {
        return new RouteFailure(context, files, routes).problem(thrown);
    }

    /** Returns the names of the beans that the files have bound. */
    Set<String> beans() {
        return beans;
    }

    /** Stops the endpoints that hold beans, and calls the {@code destroyMethod} of the beans. Does nothing if it was called before. */
    void destroyBeans() {
        own.end();
        toDestroy.destroy();
    }

    /** Returns the route configurations of the files. */
    List<RouteConfigurationDefinition> configurations() {
        return configurations;
    }

    /** Returns the route templates of the files. */
    List<RouteTemplateDefinition> templates() {
        return templates;
    }

    boolean has(RouteDefinition route) {
        return routes.stream().anyMatch(own -> own == route);
    }

    /** Returns the short names of the files that differ, among them those that were added or removed. */
    List<String> changedSince(RoutesVersion other) {
        return FileText.changes(other.files, files);
    }
}
