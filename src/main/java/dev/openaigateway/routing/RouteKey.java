package dev.openaigateway.routing;

import dev.openaigateway.config.InstanceSettings;

/**
 * Names the route to an instance as its settings stand: the same settings give the same key, others another one, so
 * that calls under way keep the route they began on when the settings change.
 */
public final class RouteKey {

    private RouteKey() {
    }

    public static String of(InstanceSettings instance) {
        String parts = instance.providerType() + " " + instance.apiBase().getScheme() + " "
                + instance.apiBase().getRawAuthority() + " " + instance.timeout();
        return instance.name() + "-" + Integer.toHexString(parts.hashCode());
    }
}
