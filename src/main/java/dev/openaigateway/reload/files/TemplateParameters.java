package dev.openaigateway.reload.files;

import dev.openaigateway.guard.ForeignAction;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.LocalBeanRepositoryAware;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.support.LocalBeanRegistry;
import org.apache.camel.util.OrderedLocationProperties;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Makes the parameters and the beans of a route from a template available to this thread, as Camel does while it starts such a route. */
public final class TemplateParameters {

    private TemplateParameters() {
    }

    public static <T> T with(CamelContext context, RouteDefinition route, Callable<T> action) throws Exception {
        if (route.getTemplateParameters() == null) {
            return action.call();
        }
        Map<String, Object> values = new HashMap<>(route.getTemplateParameters());
        LocalBeanRegistry beans = beans(route, values);
        PropertiesComponent properties = context.getPropertiesComponent();
        OrderedLocationProperties parameters = new OrderedLocationProperties();
        parameters.putAll(route.getLocation(), values);
        properties.setLocalProperties(parameters);
        try {
            return beans.isEmpty() || !(context.getRegistry() instanceof LocalBeanRepositoryAware registry) ? action.call()
                    : with(registry, beans, action);
        } finally {
            properties.setLocalProperties(null);
        }
    }

    /** As {@link #with(CamelContext, RouteDefinition, Callable)}, for an action without a value. */
    public static void run(CamelContext context, RouteDefinition route, ForeignAction<Exception> action) throws Exception {
        with(context, route, () -> {
            action.run();
            return null;
        });
    }

    private static <T> T with(LocalBeanRepositoryAware registry, LocalBeanRegistry beans, Callable<T> action) throws Exception {
        registry.setLocalBeanRepository(beans);
        try {
            return action.call();
        } finally {
            registry.setLocalBeanRepository(null);
        }
    }

    /** The beans that the template makes for this route, each under a name of its own: a parameter with the bean's name has that as its value. */
    private static LocalBeanRegistry beans(RouteDefinition route, Map<String, Object> values) {
        LocalBeanRegistry unique = new LocalBeanRegistry();
        if (route.getRouteTemplateContext() != null && route.getRouteTemplateContext().getLocalBeanRepository() instanceof LocalBeanRegistry own) {
            own.forEach((name, bean) -> {
                String key = name + "-" + UUID.randomUUID();
                unique.put(key, bean);
                values.replaceAll((parameter, value) -> name.equals(value) ? key : value);
                values.putIfAbsent(name, key);
            });
        }
        return unique;
    }
}
