package dev.openaigateway.reload.live;

import dev.openaigateway.reload.endpoint.BeanEndpoints;
import dev.openaigateway.reload.endpoint.VersionEndpoint;
import dev.openaigateway.reload.endpoint.VersionEndpoints;
import dev.openaigateway.reload.failure.ErrorHandling;
import dev.openaigateway.reload.files.RouteBegin;
import dev.openaigateway.reload.files.RoutePlace;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Gives the routes of one version endpoints of their own to begin with, so that several versions can run side by side
 * under the same names. A {@code to: direct:} stays within the version. Not thread-safe.
 */
final class VersionWiring {

    private final CamelContext context;
    private final VersionEndpoints endpoints;
    private final Map<String, Endpoint> inputs = new LinkedHashMap<>();

    VersionWiring(CamelContext context, BeanEndpoints own) {
        this.context = context;
        this.endpoints = new VersionEndpoints(context, own);
    }

    /** Returns the new endpoints by the URIs in the files. */
    Map<String, Endpoint> wire(List<RouteDefinition> routes) throws Exception {
        Set<String> ids = new HashSet<>();
        routes.forEach(route -> ids.add(route.hasCustomIdAssigned() ? route.getId() : null));
        for (RouteDefinition route : routes) {
            locate(route, () -> setBegin(route, ids));
        }
        for (RouteDefinition route : routes) {
            locate(route, () -> setTargets(route));
        }
        return inputs;
    }

    private static void locate(RouteDefinition route, Callable<Void> wiring) throws Exception {
        try {
            wiring.call();
        } catch (ResolveEndpointFailedException e) {
            throw new FailedToCreateRouteException(route.getRouteId(), RoutePlace.of(route), route.toString(), e);
        }
    }

    private Void setBegin(RouteDefinition route, Set<String> ids) throws Exception {
        String uri = RouteBegin.resolved(context, route, route.getInput().getEndpointUri());
        if (!route.hasCustomIdAssigned()) {
            route.setId(id(uri, ids));
        }
        Endpoint endpoint = EndpointText.isDirect(uri) ? endpoints.begin(uri) : endpoints.standIn(uri);
        if (ErrorHandling.isOwn(route)) {
            ((VersionEndpoint) endpoint).setErrorHandler();
        }
        inputs.put(RouteBegin.key(uri), endpoint);
        route.getInput().setEndpoint(endpoint);
        return null;
    }

    private Void setTargets(RouteDefinition route) throws Exception {
        for (ToDefinition step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            String uri = step.getUri();
            if (uri != null && EndpointText.isDirect(uri)) {
                endpoints.target(RouteBegin.resolved(context, route, uri)).ifPresent(step::setEndpoint);
            }
        }
        return null;
    }

    /** A route without an id is named after what it begins with, so that its name is the same in every version. */
    private static String id(String uri, Set<String> ids) {
        String name = RouteBegin.key(uri).replaceFirst("^direct:", "").replaceFirst("\\?.*", "");
        String id = name;
        for (int i = 2; !ids.add(id); i++) {
            id = name + "-" + i;
        }
        return id;
    }
}
