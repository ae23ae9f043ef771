package dev.openaigateway.throttle;

import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.Settings;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.ratelimit.LimitScope.Unit;

import java.util.ArrayList;
import java.util.List;

/** The limits of the settings: of the gateway, its clients, its instances and their models. */
final class ConfiguredLimits {

    private ConfiguredLimits() {
    }

    /** In the order of the settings, each with a scope of its own; none if limits are switched off. */
    static List<Limit> of(Settings settings) {
        List<Limit> limits = new ArrayList<>();
        if (!settings.rateLimit().enabled()) {
            return limits;
        }
        if (settings.rateLimit().tpm() > 0) {
            limits.add(new Limit(LimitScope.GATEWAY, settings.rateLimit().tpm()));
        }
        for (KeyedClient client : settings.clients().keys()) {
            if (client.rpm() > 0) {
                limits.add(new Limit(LimitScope.client(client.name(), Unit.REQUESTS), client.rpm()));
            }
            if (client.tpm() > 0) {
                limits.add(new Limit(LimitScope.client(client.name(), Unit.TOKENS), client.tpm()));
            }
        }
        settings.instances().forEach(instance -> limits.addAll(InstanceLimits.all(instance)));
        return limits;
    }
}
