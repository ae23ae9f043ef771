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

/** Keeps a route for each instance as its settings stand, made from the route template {@code instance}. */
public final class InstanceRoutes {

    private static final long LONGEST_CONNECT_MILLIS = 5000;

    private final CamelContext context;
    private final Providers providers;
    private final Set<String> made = new HashSet<>();
    private final DrainGrace drainGrace;

    public InstanceRoutes(CamelContext context, Providers providers, InstantSource clock) {
        this.context = context;
        this.providers = providers;
        this.drainGrace = new DrainGrace(clock);
    }

    /** Adds the routes that the settings need and that are not there yet; none is touched that a call may be on. */
    public void add(Settings settings) throws Exception {
        for (InstanceSettings instance : settings.instances()) {
            String key = RouteKey.of(instance);
            if (!made.contains(key)) {
                context.addRouteFromTemplate("instance-" + key, "instance", parameters(key, instance));
                made.add(key);
            }
            drainGrace.forget(key);
        }
    }

    /** Removes routes that no settings have needed for a while, so that no call is on its way to them, or on them. */
    void removeUnused(Settings settings) throws Exception {
        Set<String> needed = new HashSet<>();
        settings.instances().forEach(instance -> needed.add(RouteKey.of(instance)));
        for (String key : Set.copyOf(made)) {
            String routeId = "instance-" + key;
            if (!needed.contains(key) && drainGrace.isOver(key) && context.getInflightRepository().size(routeId) == 0) {
                context.getRouteController().stopRoute(routeId);
                context.removeRoute(routeId);
                made.remove(key);
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
        parameters.put("connectTimeout", String.valueOf(Math.min(instance.timeout().toMillis(), LONGEST_CONNECT_MILLIS)));
        return parameters;
    }
}
