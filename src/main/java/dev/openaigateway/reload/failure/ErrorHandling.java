package dev.openaigateway.reload.failure;

import dev.openaigateway.events.LostEvents;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.model.ErrorHandlerDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PatternHelper;

import java.util.Arrays;
import java.util.List;

/**
 * Selects the error handler of each route. In the rules, a route without one of its own leaves failures to its caller, in the end
 * to the route of the request, which responds with an OpenAI error object and logs the failure, so that Camel need not.
 */
public final class ErrorHandling {

    private ErrorHandling() {
    }

    /** @param configurations all configurations of routes, of which some may be the route's */
    public static void leaveToCaller(RouteDefinition route, List<RouteConfigurationDefinition> configurations) {
        List<RouteConfigurationDefinition> own = configurations.stream().filter(configuration -> configures(configuration, route)).toList();
        if (!isOwn(route)) {
            route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        } else if (!route.isErrorHandlerFactorySet() && own.stream().allMatch(configuration -> configuration.getErrorHandler() == null)) {
            route.setErrorHandlerFactory(new DefaultErrorHandlerDefinition());
        }
        FailureLog.silence(route.getErrorHandlerFactory(), clauses(route));
        own.forEach(configuration -> {
            ErrorHandlerDefinition handler = configuration.getErrorHandler();
            FailureLog.silence(handler == null ? null : handler.getErrorHandlerType(), configuration.getOnExceptions());
        });
    }

    /**
     * For a route of the event files. One that others call leaves failures to its caller. One that takes from a queue counts the
     * events that its error handler does not handle.
     *
     * @param begin what the route begins with
     */
    public static void countLosses(RouteDefinition route, String begin, List<RouteConfigurationDefinition> configurations) {
        if (EndpointText.isDirect(begin)) {
            leaveToCaller(route, configurations);
        } else if (begin.startsWith("seda:")) {
            LostEvents.countIn(route);
        }
    }

    /** As Camel decides it. */
    private static boolean configures(RouteConfigurationDefinition configuration, RouteDefinition route) {
        return route.getRouteConfigurationId() != null && Arrays.stream(route.getRouteConfigurationId().split(","))
                .anyMatch(id -> PatternHelper.matchPattern(configuration.getId(), id));
    }

    private static List<OnExceptionDefinition> clauses(RouteDefinition route) {
        return route.getOutputs().stream().filter(OnExceptionDefinition.class::isInstance).map(OnExceptionDefinition.class::cast).toList();
    }

    /** Returns whether the route has an error handler, which then gets its failures first. */
    public static boolean isOwn(RouteDefinition route) {
        return route.getRouteConfigurationId() != null
                || route.isErrorHandlerFactorySet() && !(route.getErrorHandlerFactory() instanceof NoErrorHandlerDefinition)
                || !clauses(route).isEmpty();
    }
}
