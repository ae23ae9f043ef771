package dev.openaigateway.throttle;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.Settings;
import dev.openaigateway.throttle.InstanceLimits.Limit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The limits of the settings: of the gateway, its clients, its instances and their models. */
final class ConfiguredLimits {

    /**
     * One limit.
     *
     * @param kind       {@code gateway}, {@code client}, {@code instance} or {@code model}
     * @param name       of the client or the instance; {@code gateway} for that of all
     * @param model      the model that it limits; null for all
     * @param ofRequests whether it counts requests, not tokens
     * @param perMinute  at least 1
     */
    record Limited(String kind, String name, String model, boolean ofRequests, long perMinute) {

        String fullName() {
            return model == null ? name : name + "/" + model;
        }

        String unit() {
            return ofRequests ? "requests" : "tokens";
        }
    }

    private ConfiguredLimits() {
    }

    /** By scope, in the order of the settings. */
    static Map<String, Limited> byScope(Settings settings) {
        Map<String, Limited> byScope = new LinkedHashMap<>();
        if (!settings.rateLimit().enabled()) {
            return byScope;
        }
        if (settings.rateLimit().tpm() > 0) {
            byScope.put(Admit.GATEWAY, new Limited("gateway", "gateway", null, false, settings.rateLimit().tpm()));
        }
        for (KeyedClient client : settings.clients().keys()) {
            if (client.rpm() > 0) {
                byScope.put(Admit.requestScope(client.name()), new Limited("client", client.name(), null, true, client.rpm()));
            }
            if (client.tpm() > 0) {
                byScope.put(Admit.scope(client.name()), new Limited("client", client.name(), null, false, client.tpm()));
            }
        }
        for (InstanceSettings instance : settings.instances()) {
            for (Limit limit : InstanceLimits.all(instance)) {
                byScope.put(limit.scope(), new Limited(limit.model() == null ? "instance" : "model", instance.name(), limit.model(),
                        limit.ofRequests(), limit.perMinute()));
            }
        }
        return byScope;
    }
}
