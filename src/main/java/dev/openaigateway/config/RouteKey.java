package dev.openaigateway.config;

/**
 * The key of an instance's route. Keys are equal exactly if the route settings are equal, so calls in
 * progress stay on their route when the settings change.
 */
public final class RouteKey {

    private RouteKey() {
    }

    public static String of(InstanceSettings instance) {
        String parts = instance.providerType() + " " + instance.apiBase().getScheme() + " "
                + instance.apiBase().getRawAuthority() + " " + instance.timeouts();
        return instance.name() + "-" + Integer.toHexString(parts.hashCode());
    }
}
