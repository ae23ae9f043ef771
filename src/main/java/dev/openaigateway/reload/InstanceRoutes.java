package dev.openaigateway.reload;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RouteKey;
import dev.openaigateway.config.Settings;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.reload.live.IdleGrace;
import org.apache.camel.CamelContext;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Creates a route for each version of an instance's settings, from the route template {@code instance}. Not thread-safe. */
public final class InstanceRoutes {

    private final CamelContext context;
    private final Providers providers;
    private final Set<String> created = new HashSet<>();
    private final IdleGrace idleGrace;

    public InstanceRoutes(CamelContext context, Providers providers, InstantSource clock) {
        this.context = context;
        this.providers = providers;
        this.idleGrace = new IdleGrace(clock);
    }

    /**
     * Adds the missing routes for these settings. Existing routes are not touched, because calls may use them. Returns the
     * keys of the added ones; if one cannot be added, none is.
     */
    public Set<String> add(Settings settings) throws Exception {
        Set<String> added = new HashSet<>();
        for (InstanceSettings instance : settings.instances()) {
            String key = RouteKey.of(instance);
            if (!created.contains(key)) {
                addRoute(key, instance, added);
            }
            idleGrace.forget(key);
        }
        return added;
    }

    private void addRoute(String key, InstanceSettings instance, Set<String> added) throws Exception {
        created.add(key);
        added.add(key);
        try {
            context.addRouteFromTemplate(routeId(key), "instance", parameters(key, instance));
        } catch (Exception e) {
            removeAdded(added);
            throw e;
        }
    }

    /** Removes routes that the settings have not needed for a minute and that no call uses. */
    void removeUnused(Settings settings) throws Exception {
        for (String key : unneeded(settings)) {
            idleGrace.begin(key);
            if (idleGrace.isOver(key) && context.getInflightRepository().size(routeId(key)) == 0) {
                remove(key);
            }
        }
    }

    /** Removes routes at once that were added for settings which never became active. */
    void removeAdded(Set<String> keys) throws Exception {
        for (String key : keys) {
            remove(key);
        }
    }

    private Set<String> unneeded(Settings settings) {
        Set<String> unneeded = new HashSet<>(created);
        settings.instances().forEach(instance -> unneeded.remove(RouteKey.of(instance)));
        return unneeded;
    }

    private void remove(String key) throws Exception {
        context.getRouteController().stopRoute(routeId(key));
        context.removeRoute(routeId(key));
        created.remove(key);
        idleGrace.forget(key);
    }

    private static String routeId(String key) {
        return "instance-" + key;
    }

    private Map<String, Object> parameters(String key, InstanceSettings instance) {
        URI base = instance.apiBase();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("key", key);
        parameters.put("provider", providers.beanName(instance));
        parameters.put("upstream", base.getScheme() + "://" + base.getRawAuthority());
        parameters.put("timeout", String.valueOf(instance.timeouts().firstToken().toMillis()));
        parameters.put("connectTimeout", String.valueOf(instance.timeouts().connect().toMillis()));
        return parameters;
    }
}
