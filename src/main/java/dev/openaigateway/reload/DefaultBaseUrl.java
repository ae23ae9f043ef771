package dev.openaigateway.reload;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.LoadedSettings;

/** A default {@code base_url} names the address on which the gateway listens, and that one stays until a restart. */
final class DefaultBaseUrl {

    private DefaultBaseUrl() {
    }

    /**
     * The next settings, with the active {@code base_url} if neither version sets it.
     *
     * @param loaded what the next settings are made of
     * @param before what the active settings are made of
     */
    static Settings kept(Settings next, LoadedSettings loaded, LoadedSettings before, Settings active) {
        return loaded.isDefault("base_url") && before.isDefault("base_url") ? next.withBaseUrl(active.baseUrl()) : next;
    }
}
