package dev.openaigateway.provider;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.ClientQuery;
import dev.openaigateway.openai.Errors;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Adds the parameters of the query that the URL does not have. */
    static String withQuery(String url, String query) {
        if (query.isEmpty()) {
            return url;
        }
        int own = url.indexOf('?');
        if (own < 0) {
            return url + "?" + query;
        }
        Set<String> names = parameters(url.substring(own + 1)).map(ClientQuery::name).collect(Collectors.toSet());
        return Stream.concat(Stream.of(url), parameters(query).filter(each -> !names.contains(ClientQuery.name(each)))).collect(Collectors.joining("&"));
    }

    private static Stream<String> parameters(String query) {
        return Arrays.stream(query.split("&"));
    }

    /** The requested version; null if there is none or it is not a plain name. */
    static String version(String requested) {
        return requested != null && InstanceSettings.isPlainName(requested) ? requested : null;
    }
}
