package dev.openaigateway.reload.live;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.endpoint.BeanEndpoints;
import dev.openaigateway.reload.failure.ErrorHandling;
import dev.openaigateway.reload.files.FailedBean;
import dev.openaigateway.reload.files.FileText;
import dev.openaigateway.reload.files.RouteBegin;
import dev.openaigateway.reload.files.RouteFailure;
import dev.openaigateway.reload.files.RouteFilesLoader;
import dev.openaigateway.reload.files.RoutePlace;
import dev.openaigateway.reload.files.StepLines;
import dev.openaigateway.reload.registry.BeanScope;
import dev.openaigateway.reload.registry.ContextSnapshot;
import dev.openaigateway.reload.registry.VersionBeans;
import org.apache.camel.CamelContext;
import org.apache.camel.ErrorHandlerFactory;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultExchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads one version of the live route files: binds their beans and prepares their routes, but starts none. If it fails,
 * also by an error of a bean's code, the context is unchanged. Not thread-safe; one reader reads one version.
 */
final class VersionReader {

    private final CamelContext context;
    private final Model model;
    private final RouteFilesLoader loader;
    private final ContextSnapshot snapshot;
    private final List<RouteDefinition> routes = new ArrayList<>();
    private final List<Problem> warnings;

    /** @param warnings probable mistakes in the files to read */
    VersionReader(CamelContext context, RouteFilesLoader loader, List<Problem> warnings) {
        this.warnings = warnings;
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.loader = loader;
        this.snapshot = new ContextSnapshot(context);
    }

    /**
     * @param active the version to replace; null for the first
     * @param others the routes of other files
     * @throws InvalidSettingsException if the files are not valid
     */
    RoutesVersion read(List<FileText> files, RoutesVersion active, List<RouteDefinition> others) throws InvalidSettingsException {
        try {
            return ForeignCode.call(() -> version(files, active, others));
        } catch (Exception e) {
            snapshot.restore();
            throw new RouteFailure(context, files, routes).problem(e);
        }
    }

    private RoutesVersion version(List<FileText> files, RoutesVersion active, List<RouteDefinition> others) throws Exception {
        if (active != null) {
            snapshot.hide(active.beans());
            model.getRouteConfigurationDefinitions().removeAll(active.configurations());
            model.getRouteTemplateDefinitions().removeAll(active.templates());
        }
        Map<FileText, RouteBuilder> builders = load(files);
        RouteNames names = new RouteNames(context, others, model.getRouteConfigurationDefinitions());
        for (Map.Entry<FileText, RouteBuilder> file : builders.entrySet()) {
            configure(file.getKey(), file.getValue());
        }
        for (Map.Entry<FileText, RouteBuilder> file : builders.entrySet()) {
            addRoutes(file.getKey(), file.getValue(), names);
        }
        names.require(files);
        BeanEndpoints own = new BeanEndpoints(context, new BeanScope(context, snapshot.added()));
        return new RoutesVersion(files, routes, new VersionWiring(context, own).wire(routes), own, snapshot, VersionBeans.take(context, snapshot.addedBeans()), warnings);
    }

    private Map<FileText, RouteBuilder> load(List<FileText> files) throws Exception {
        Map<FileText, RouteBuilder> builders = new LinkedHashMap<>();
        for (FileText file : files) {
            if (file.isBlank()) {
                continue;
            }
            try {
                builders.put(file, ForeignCode.call(() -> load(file)));
            } catch (Exception e) {
                throw FailedBean.of(file, snapshot.added()).map(bean -> bean.problem(e))
                        .orElseGet(() -> new RouteFailure(context, List.of(file), List.of()).problem(e));
            }
        }
        return builders;
    }

    private RouteBuilder load(FileText file) throws Exception {
        RouteBuilder builder = loader.load(file);
        if (builder instanceof RouteConfigurationsBuilder configurations) {
            configurations.addRouteConfigurationsToCamelContext(context);
        }
        return builder;
    }

    /** Reads a file, and adds its route templates: routes of other files may be made from them. */
    private void configure(FileText file, RouteBuilder builder) throws Exception {
        ErrorHandlerFactory common = context.getCamelContextExtension().getErrorHandlerFactory();
        try {
            ForeignCode.run(() -> builder.configureRoutes(context));
        } catch (Exception e) {
            throw new RouteFailure(context, List.of(file), List.of()).problem(e);
        } finally {
            // A file's error handler is for its own routes, which have it by now.
            context.getCamelContextExtension().setErrorHandlerFactory(common);
        }
        if (!builder.getRestCollection().getRests().isEmpty() || !builder.getRouteCollection().getInterceptSendTos().isEmpty()) {
            throw Problem.about(file.name(),
                    "must not hold 'rest' or 'interceptSendToEndpoint', which cannot be replaced while the gateway runs");
        }
        List<RouteTemplateDefinition> templates = builder.getRouteTemplateCollection().getRouteTemplates();
        requireOwn(file, templates);
        model.addRouteTemplateDefinitions(templates);
    }

    private void addRoutes(FileText file, RouteBuilder builder, RouteNames names) throws Exception {
        List<RouteDefinition> own = new ArrayList<>(builder.getRouteCollection().getRoutes());
        own.addAll(fromTemplates(builder));
        own.removeIf(route -> !isIncluded(route));
        StepLines.correct(file.text(), own);
        names.add(file, own);
        if (file.holdsRules()) {
            requireStart(own);
            own.forEach(route -> ErrorHandling.leaveToCaller(route, model.getRouteConfigurationDefinitions()));
        } else {
            own.forEach(route -> ErrorHandling.countLosses(route, RouteBegin.of(context, route), model.getRouteConfigurationDefinitions()));
        }
        routes.addAll(own);
    }

    /** Requests would wait for a route that does not run. */
    private void requireStart(List<RouteDefinition> rules) throws InvalidSettingsException {
        for (RouteDefinition route : rules) {
            if (!CamelContextHelper.parseBoolean(context, route.getAutoStartup() == null ? "true" : route.getAutoStartup())) {
                throw new InvalidSettingsException(new Problem(RoutePlace.of(route), RoutePlace.subject(route) + " has autoStartup",
                        Optional.of(route.getAutoStartup()), "which is not possible in rules: requests would wait for a route that does not run",
                        Optional.empty()));
            }
        }
    }

    /** The templates of other files, such as the gateway's own for its instances, stay as they are. Camel would use either of two. */
    private void requireOwn(FileText file, List<RouteTemplateDefinition> templates) throws InvalidSettingsException {
        for (RouteTemplateDefinition template : templates) {
            for (RouteTemplateDefinition other : model.getRouteTemplateDefinitions()) {
                if (other.getId().equals(template.getId())) {
                    throw new InvalidSettingsException(new Problem(file.name(), "routeTemplate", Optional.of(template.getId()),
                            RoutePlace.TWICE + other.getLocation(), Optional.empty()));
                }
            }
        }
    }

    /** Returns the routes made from templates, which Camel would start at once. */
    private List<RouteDefinition> fromTemplates(RouteBuilder builder) throws Exception {
        List<RouteDefinition> made = new ArrayList<>();
        Function<RouteDefinition, Boolean> filter = model.getRouteFilter();
        model.setRouteFilter(route -> !made.add(route));
        try {
            model.addRouteFromTemplatedRoutes(builder.getTemplatedRouteCollection().getTemplatedRoutes());
        } finally {
            model.setRouteFilter(filter);
        }
        return made;
    }

    private boolean isIncluded(RouteDefinition route) {
        if (route.getPrecondition() == null) {
            return true;
        }
        SimpleExpression condition = new SimpleExpression(route.getPrecondition());
        condition.initPredicate(context);
        return condition.matches(new DefaultExchange(context));
    }
}
