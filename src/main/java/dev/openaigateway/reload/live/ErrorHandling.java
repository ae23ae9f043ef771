package dev.openaigateway.reload.live;

import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;

/**
 * Selects the error handler of each route in the rules. A route without one of its own leaves failures to its caller, in the end
 * to the route of the request, which responds with an OpenAI error object and logs the failure, so that Camel need not.
 */
final class ErrorHandling {

    private ErrorHandling() {
    }

    static void leaveToCaller(RouteDefinition route) {
        if (!isOwn(route)) {
            route.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        } else if (!route.isErrorHandlerFactorySet() && route.getRouteConfigurationId() == null) {
            route.setErrorHandlerFactory(new DefaultErrorHandlerDefinition().logExhausted(false));
        }
    }

    /** Returns whether the route has an error handler, which then gets its failures first. */
    static boolean isOwn(RouteDefinition route) {
        return route.getRouteConfigurationId() != null
                || route.isErrorHandlerFactorySet() && !(route.getErrorHandlerFactory() instanceof NoErrorHandlerDefinition)
                || route.getOutputs().stream().anyMatch(OnExceptionDefinition.class::isInstance);
    }
}
