package dev.openaigateway.provider;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.Errors;

import java.net.URI;
import java.util.List;

/** Builds upstream URLs. Text from a client is used only if it is a plain name. */
public final class UpstreamUrl {

    private UpstreamUrl() {
    }

    /** @throws dev.openaigateway.openai.ApiException 404 if the model is not renamed and its name is not plain */
    static String deployment(String model, String deployment) {
        if (deployment.equals(model) && !model.isEmpty() && !InstanceSettings.isPlainName(model)) {
            throw Errors.modelNotFound(model, List.of()).exception();
        }
        return deployment;
    }

    /** @param path begins with a slash; follows the path of the base, before its query */
    public static String below(URI base, String path) {
        String address = base.toString();
        if (base.getRawQuery() == null) {
            return address + path;
        }
        int query = address.indexOf('?');
        return withQuery(address.substring(0, query) + path, address.substring(query + 1));
    }

    static String withQuery(String url, String query) {
        return query.isEmpty() ? url : url + (url.indexOf('?') < 0 ? "?" : "&") + query;
    }

    /** The requested version; null if there is none or it is not a plain name. */
    static String version(String requested) {
        return requested != null && InstanceSettings.isPlainName(requested) ? requested : null;
    }
}
