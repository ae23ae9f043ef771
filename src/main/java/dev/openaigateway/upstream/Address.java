package dev.openaigateway.upstream;

import dev.openaigateway.api.Errors;

import java.util.regex.Pattern;

/** Builds upstream URLs. What a client sent gets into one only if it cannot be anything but a name. */
final class Address {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private Address() {
    }

    /** @throws dev.openaigateway.api.ApiException 404 if a name that is not in the settings is not a plain name */
    static String deployment(String model, String deployment) {
        if (deployment.equals(model) && !model.isEmpty() && !NAME.matcher(model).matches()) {
            throw Errors.modelNotFound(model, java.util.List.of()).exception();
        }
        return deployment;
    }

    static String withQuery(String url, String query) {
        return query.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + query;
    }

    /** A version the client asked for, or null if that is not one. */
    static String version(String asked) {
        return asked != null && NAME.matcher(asked).matches() ? asked : null;
    }
}
