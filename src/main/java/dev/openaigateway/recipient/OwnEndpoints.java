package dev.openaigateway.recipient;

import org.apache.camel.Endpoint;
import org.apache.camel.Route;

import java.util.Optional;

/** The endpoints that the routes of one version of the rules share with no other version, because they hold a bean of it. Thread-safe. */
public interface OwnEndpoints {

    /** Whether there can be such endpoints. */
    boolean mayExist();

    /** Whether a URI may be that of such an endpoint. */
    boolean mayBeIn(String uri);

    /** Returns the endpoint of this URI, always the same one; empty if it is none of these, or cannot be created. */
    Optional<Endpoint> find(String uri);

    /** Those of the version that the route belongs to; empty if all its endpoints are shared. */
    static Optional<OwnEndpoints> of(Route route) {
        return route != null && route.getEndpoint() instanceof OwnEndpoints own && own.mayExist() ? Optional.of(own) : Optional.empty();
    }
}
