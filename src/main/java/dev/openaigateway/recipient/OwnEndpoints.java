package dev.openaigateway.recipient;

import org.apache.camel.Endpoint;
import org.apache.camel.Route;

import java.util.Optional;

/** The endpoints of one step that it shares with no other version of the rules, because they hold a bean of its version. Thread-safe. */
public interface OwnEndpoints {

    /** Whether a URI may be that of such an endpoint. */
    boolean mayBeIn(String uri);

    /** Returns the endpoint of this URI; empty if it is none of these, or cannot be created. */
    Optional<Endpoint> find(String uri);

    /** What a route begins with whose steps may have such endpoints. */
    interface Source {

        /** Returns those of one more step; empty if all its endpoints are shared. */
        Optional<OwnEndpoints> ofStep();
    }

    /** Those of one step of the route; empty if all its endpoints are shared. */
    static Optional<OwnEndpoints> ofStep(Route route) {
        return route != null && route.getEndpoint() instanceof Source source ? source.ofStep() : Optional.empty();
    }
}
