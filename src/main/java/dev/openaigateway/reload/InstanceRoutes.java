package dev.openaigateway.reload;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.RouteKey;
import org.apache.camel.CamelContext;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Creates a route for each version of an instance's settings, from the route template {@code instance}. Not thread-safe. */
public final class InstanceRoutes {

    private static final long MAX_CONNECT_MILLIS = 5000;

    private final CamelContext context;
    private final Providers providers;
    private final Set<String> created = new HashSet<>();
    private final DrainGrace drainGrace;

    public InstanceRoutes(CamelContext context, Providers providers, InstantSource clock) {
        this.context = context;
        this.providers = providers;
        this.drainGrace = new DrainGrace(clock);
    }

    /** Adds the missing routes for these settings. Existing routes are not touched, because calls may use them. */
    public void add(Settings settings) throws Exception {
        for (InstanceSettings instance : settings.instances()) {
            String key = RouteKey.of(instance);
            if (!created.contains(key)) {
                context.addRouteFromTemplate("instance-" + key, "instance", parameters(key, instance));
                created.add(key);
            }
            drainGrace.forget(key);
        }
    }

    /** Removes routes that the settings have not needed for a minute and that no call uses. */
    void removeUnused(Settings settings) throws Exception {
        Set<String> needed = new HashSet<>();
        settings.instances().forEach(instance -> needed.add(RouteKey.of(instance)));
        for (String key : Set.copyOf(created)) {
            String routeId = "instance-" + key;
            if (!needed.contains(key) && drainGrace.isOver(key) && context.getInflightRepository().size(routeId) == 0) {
                context.getRouteController().stopRoute(routeId);
                context.removeRoute(routeId);
                created.remove(key);
                drainGrace.forget(key);
            }
        }
    }

    private Map<String, Object> parameters(String key, InstanceSettings instance) {
        URI base = instance.apiBase();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("key", key);
        parameters.put("provider", providers.beanName(instance));
        parameters.put("upstream", base.getScheme() + "://" + base.getRawAuthority());
        parameters.put("timeout", String.valueOf(instance.timeout().toMillis()));
        parameters.put("connectTimeout", String.valueOf(Math.min(instance.timeout().toMillis(), MAX_CONNECT_MILLIS)));
        return parameters;
    }
}
