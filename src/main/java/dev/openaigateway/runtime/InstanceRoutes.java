package dev.openaigateway.runtime;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import org.apache.camel.CamelContext;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Keeps one route per instance, made from the route template {@code instance}. */
final class InstanceRoutes {

    private final CamelContext context;
    private final Map<String, Map<String, Object>> made = new HashMap<>();

    InstanceRoutes(CamelContext context) {
        this.context = context;
    }

    /** Adds what is new, replaces what changed, and leaves the rest alone. Routes of instances that are gone stay until the end of their calls. */
    void apply(Settings settings) throws Exception {
        for (InstanceSettings instance : settings.instances()) {
            Map<String, Object> parameters = parameters(instance);
            if (parameters.equals(made.get(instance.name()))) {
                continue;
            }
            String routeId = "instance-" + instance.name();
            if (made.containsKey(instance.name())) {
                context.getRouteController().stopRoute(routeId);
                context.removeRoute(routeId);
            }
            context.addRouteFromTemplate(routeId, "instance", new HashMap<>(parameters));
            made.put(instance.name(), parameters);
        }
    }

    private static Map<String, Object> parameters(InstanceSettings instance) {
        URI base = instance.apiBase();
        return Map.of(
                "name", instance.name(),
                "dialect", instance.providerType().name().toLowerCase(Locale.ROOT),
                "upstream", base.getScheme() + "://" + base.getRawAuthority(),
                "timeout", String.valueOf(instance.timeout().toMillis()));
    }
}
