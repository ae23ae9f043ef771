package dev.openaigateway.reload.live;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.reload.files.RouteFailure;
import dev.openaigateway.reload.files.StartupException;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultModelReifierFactory;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

import java.util.function.Supplier;

/**
 * Builds routes for Camel. Camel itself builds and starts those of the first version, at the start or in a check of a folder; if one of them fails,
 * this says where in the files, as a reload does. Thread-safe.
 */
public final class LocatedRouteFactory extends DefaultModelReifierFactory {

    private final Supplier<StartedRoutes> active;

    private LocatedRouteFactory(Supplier<StartedRoutes> active) {
        this.active = active;
    }

    /** @param active returns the active version; null before there is one */
    static void install(CamelContext context, Supplier<StartedRoutes> active) {
        context.getCamelContextExtension().getContextPlugin(Model.class).setModelReifierFactory(new LocatedRouteFactory(active));
    }

    /** @throws StartupException if a route of the first version cannot be built */
    @Override
    public Route createRoute(CamelContext context, Object definition) {
        try {
            return ForeignCode.call(() -> super.createRoute(context, definition));
        } catch (RuntimeException e) {
            // The values of a template's parameters are in the file, and are shown as a reload shows them.
            context.getPropertiesComponent().setLocalProperties(null);
            StartedRoutes first = active.get();
            RouteDefinition route = (RouteDefinition) definition;
            throw first == null || !first.version().has(route) ? e : new StartupException(first.version().failure(context, named(route, e)).getMessage());
        }
    }

    /** Returns what to say in place of an exception with which the start of a context has failed; the same if it is not about a live file. */
    public static Exception placed(CamelContext context, Exception thrown) {
        Model model = context == null ? null : context.getCamelContextExtension().getContextPlugin(Model.class);
        StartedRoutes first = model != null && model.getModelReifierFactory() instanceof LocatedRouteFactory factory ? factory.active.get() : null;
        return first != null && RouteFailure.route(thrown, first.version().routes()).isPresent()
                ? new StartupException(first.version().failure(context, thrown).getMessage()) : thrown;
    }

    /** Camel names the route in exceptions only. */
    static Exception named(RouteDefinition route, Exception thrown) {
        return thrown instanceof ForeignCodeException ? new FailedToStartRouteException(route.getRouteId(), "it has thrown an error", thrown) : thrown;
    }
}
