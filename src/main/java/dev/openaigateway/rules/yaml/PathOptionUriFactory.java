package dev.openaigateway.rules.yaml;

import dev.openaigateway.recipient.OwnComponents;
import org.apache.camel.support.component.EndpointUriFactorySupport;
import org.apache.camel.spi.EndpointUriFactory;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Lets Camel build the URIs of the gateway's components from their options, also from the one that follows the colon. Camel generates such classes. */
public final class PathOptionUriFactory extends EndpointUriFactorySupport implements EndpointUriFactory {

    @Override
    public boolean isEnabled(String scheme) {
        return OwnComponents.contain(scheme);
    }

    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode) throws URISyntaxException {
        Map<String, Object> options = new HashMap<>(properties);
        Object path = options.remove(PathOptions.of(scheme).orElseThrow());
        return buildQueryParameters(path == null ? scheme : scheme + ":" + path, options, encode);
    }

    /** Empty: Camel asks for them only to split URIs, which the gateway does not. */
    @Override
    public Set<String> propertyNames() {
        return Set.of();
    }

    @Override
    public Set<String> secretPropertyNames() {
        return Set.of();
    }

    @Override
    public Map<String, String> multiValuePrefixes() {
        return Map.of();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}
