package dev.openaigateway.reload.files;

import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.OrderedLocationProperties;

import java.util.HashMap;
import java.util.concurrent.Callable;

/** Makes the parameters of a route from a template available to this thread, as Camel does while it starts such a route. */
public final class TemplateParameters {

    private TemplateParameters() {
    }

    public static <T> T with(CamelContext context, RouteDefinition route, Callable<T> action) throws Exception {
        if (route.getTemplateParameters() == null) {
            return action.call();
        }
        PropertiesComponent properties = context.getPropertiesComponent();
        OrderedLocationProperties parameters = new OrderedLocationProperties();
        parameters.putAll(route.getLocation(), new HashMap<>(route.getTemplateParameters()));
        properties.setLocalProperties(parameters);
        try {
            return action.call();
        } finally {
            properties.setLocalProperties(null);
        }
    }
}
