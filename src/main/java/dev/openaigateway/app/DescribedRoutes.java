package dev.openaigateway.app;

import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

import java.util.Map;

/** Sets a templated route's description to its parameter {@code description}; Camel resolves no placeholder there. */
final class DescribedRoutes implements RouteTemplateDefinition.Converter {

    @Override
    public RouteDefinition apply(RouteTemplateDefinition template, Map<String, Object> parameters) {
        RouteDefinition route = template.asRouteDefinition();
        if (parameters.get("description") instanceof String description) {
            route.setDescription(description);
        }
        return route;
    }
}
