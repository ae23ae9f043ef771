package dev.openaigateway.reload.live;

import dev.openaigateway.guard.ForeignAction;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.reload.files.TemplateParameters;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.Route;
import org.apache.camel.impl.engine.AbstractCamelContext;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ModelLifecycleStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The routes of one version as they run. They are started beside those of the version before, and only then entered in the
 * context, under the ids in the files. Routes that have left the context go on with the exchanges they have, until they
 * are stopped. Not thread-safe.
 */
final class LiveRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private final AbstractCamelContext context;
    private final Model model;
    private final RoutesVersion version;
    private final List<RouteDefinition> definitions;
    private final List<RouteService> services = new ArrayList<>();
    private final boolean startedByCamel;

    private LiveRoutes(CamelContext context, RoutesVersion version, boolean startedByCamel) {
        this.startedByCamel = startedByCamel;
        this.context = (AbstractCamelContext) context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.version = version;
        this.definitions = version.routes();
    }

    /**
     * Adds the routes to a context that starts them itself.
     *
     * @param others the routes of other files
     * @throws InvalidSettingsException if one of the routes cannot be added
     */
    static LiveRoutes add(CamelContext context, RoutesVersion version, List<RouteDefinition> others) throws InvalidSettingsException {
        LiveRoutes routes = new LiveRoutes(context, version, true);
        try {
            UniqueIds.require(version.routes(), others);
            for (RouteDefinition definition : version.routes()) {
                TemplateParameters.run(context, definition, () -> routes.model.addRouteDefinition(definition));
            }
            return routes;
        } catch (Exception e) {
            throw version.failure(context, e);
        }
    }

    /**
     * Builds the routes and starts all their steps.
     *
     * @param others the routes of other files
     * @throws InvalidSettingsException if one of the routes cannot be started; then all are stopped
     */
    static LiveRoutes start(CamelContext context, RoutesVersion version, List<RouteDefinition> others) throws InvalidSettingsException {
        LiveRoutes routes = new LiveRoutes(context, version, false);
        try {
            RouteDefinitionHelper.forceAssignIds(context, version.routes());
            UniqueIds.require(version.routes(), others);
            for (RouteDefinition definition : version.routes()) {
                routes.startGuarded(definition);
            }
            return routes;
        } catch (Exception e) {
            routes.stop();
            throw version.failure(context, e);
        } finally {
            context.getCamelContextExtension().createRoute(null);
        }
    }

    private void startGuarded(RouteDefinition definition) throws Exception {
        try {
            ForeignCode.run(() -> TemplateParameters.run(context, definition, () -> start(definition)));
        } catch (ForeignCodeException e) {
            throw LocatedRouteFactory.named(definition, e);
        }
    }

    private void start(RouteDefinition definition) throws Exception {
        model.getModelLifecycleStrategies().forEach(strategy -> strategy.onAddRouteDefinition(definition));
        RouteDefinitionHelper.forceAssignIds(context, definition.getInput());
        RouteDefinitionHelper.forceAssignIds(context, definition);
        context.getCamelContextExtension().createRoute(definition.getRouteId());
        Route route = ThreadPools.during(context, () -> model.getModelReifierFactory().createRoute((ModelCamelContext) context, definition));
        RouteService service = new RouteService(route);
        services.add(service);
        context.setStartingRoutes(true);
        try {
            service.setUp();
            service.warmUp();
        } finally {
            context.setStartingRoutes(false);
            context.removeRoute(route);
        }
    }

    /**
     * Makes the routes those of the context under their ids, in place of the former ones.
     *
     * @throws FailedToStartRouteException if one of them does not enter; then the former ones are in the context again
     */
    void replace(LiveRoutes former) throws FailedToStartRouteException {
        former.leave();
        register();
        try {
            for (RouteService service : services()) {
                enterGuarded(service);
            }
        } catch (FailedToStartRouteException e) {
            giveWay(former);
            throw e;
        }
    }

    /** Puts the former routes back in place of these. They have never stopped, so they serve even if one does not enter. */
    void giveWay(LiveRoutes former) {
        leave();
        former.register();
        for (RouteService service : former.services()) {
            logged(service.getId(), "did not return to the context", () -> former.enter(service));
        }
    }

    private void register() {
        synchronized (model) {
            model.getRouteDefinitions().addAll(definitions);
        }
    }

    private void enterGuarded(RouteService service) throws FailedToStartRouteException {
        try {
            ForeignCode.run(() -> enter(service));
        } catch (Exception e) {
            throw new FailedToStartRouteException(service.getId(), "it cannot enter the context", e);
        }
    }

    private void enter(RouteService service) throws Exception {
        context.addRoute(service.getRoute());
        for (LifecycleStrategy strategy : context.getLifecycleStrategies()) {
            strategy.onRoutesAdd(List.of(service.getRoute()));
        }
        context.startRouteService(service, true);
    }

    /** Takes the routes out of the context. */
    private void leave() {
        for (RouteService service : services()) {
            logged(service.getId(), "did not leave the context", () -> leave(service.getRoute()));
        }
        synchronized (model) {
            model.getRouteDefinitions().removeIf(other -> definitions.stream().anyMatch(own -> own == other));
        }
    }

    private void leave(Route route) {
        context.removeRoute(route);
        context.getCamelContextExtension().getRouteStartupOrder().removeIf(order -> order.getRoute() == route);
        for (LifecycleStrategy strategy : context.getLifecycleStrategies()) {
            strategy.onRoutesRemove(List.of(route));
        }
    }

    private static void logged(String route, String failure, ForeignAction<Exception> step) {
        try {
            ForeignCode.run(step);
        } catch (Exception e) {
            LOG.warn("Route '{}' of replaced or refused rules {}: {}", route, failure, e.toString());
        }
    }

    private List<RouteService> services() {
        if (startedByCamel && services.isEmpty()) {
            for (RouteStartupOrder order : context.getCamelContextExtension().getRouteStartupOrder()) {
                if (definitions.stream().anyMatch(own -> own.getRouteId().equals(order.getRoute().getRouteId()))) {
                    services.add(((DefaultRouteStartupOrder) order).getRouteService());
                }
            }
        }
        return services;
    }

    /** Returns the routes as objects of Camel. */
    Set<Route> running() {
        Set<Route> running = Collections.newSetFromMap(new IdentityHashMap<>());
        services().forEach(service -> running.add(service.getRoute()));
        return running;
    }

    Set<Endpoint> endpoints() {
        Set<Endpoint> endpoints = new HashSet<>();
        services().forEach(service -> endpoints.addAll(service.gatherEndpoints()));
        return endpoints;
    }

    private void stop(RouteService service) throws Exception {
        List<Object> steps = new ArrayList<>(service.getRoute().getServices());
        service.stop();
        ServiceHelper.stopAndShutdownServices(steps);
        if (context.getRoute(service.getId()) == null && context.getRouteController().getRouteStatus(service.getId()) != null) {
            context.removeRoute(service.getId());
        }
    }

    private void forget(RouteDefinition route) throws Exception {
        for (ModelLifecycleStrategy strategy : model.getModelLifecycleStrategies()) {
            strategy.onRemoveRouteDefinition(route);
        }
    }

    /** Stops the steps of the routes, and ends their beans. Routes of another version under the same ids are not affected. */
    void stop() {
        services().forEach(service -> logged(service.getId(), "did not stop", () -> stop(service)));
        definitions.forEach(route -> logged(route.getRouteId(), "was not forgotten", () -> forget(route)));
        version.destroyBeans();
    }
}
