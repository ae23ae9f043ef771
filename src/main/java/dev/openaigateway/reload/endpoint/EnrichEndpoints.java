package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import org.apache.camel.Endpoint;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The endpoints of an {@code enrich}. Its exchange has no unit of work yet, which would say the route it comes from, so it sends to the
 * routes of its version without the endpoints that all versions share.
 */
record EnrichEndpoints(VersionEndpoints routes, Optional<OwnEndpoints> beans) implements OwnEndpoints {

    private static final Pattern DIRECT = Pattern.compile("\\s*direct:");

    @Override
    public boolean mayBeIn(String uri) {
        return DIRECT.matcher(uri).lookingAt() || beans.filter(own -> own.mayBeIn(uri)).isPresent();
    }

    @Override
    public Optional<Endpoint> find(String uri) {
        if (!DIRECT.matcher(uri).lookingAt()) {
            return beans.flatMap(own -> own.find(uri));
        }
        try {
            return routes.target(uri);
        } catch (Exception reportedByCamel) {
            return Optional.empty();
        }
    }
}
