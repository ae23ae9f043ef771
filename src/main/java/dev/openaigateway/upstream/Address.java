package dev.openaigateway.upstream;

import dev.openaigateway.api.Errors;
import dev.openaigateway.config.InstanceSettings;

import java.util.List;

/** Builds upstream URLs. What a client sent gets into one only if it cannot be anything but a name. */
final class Address {

    private Address() {
    }

    /** @throws dev.openaigateway.api.ApiException 404 if a model that is not renamed has no plain name */
    static String deployment(String model, String deployment) {
        if (deployment.equals(model) && !model.isEmpty() && !InstanceSettings.isPlainName(model)) {
            throw Errors.modelNotFound(model, List.of()).exception();
        }
        return deployment;
    }

    static String withQuery(String url, String query) {
        return query.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + query;
    }

    /** A version the client asked for, or null if that is not one. */
    static String version(String asked) {
        return asked != null && InstanceSettings.isPlainName(asked) ? asked : null;
    }
}
