package dev.openaigateway.recipient;

import org.apache.camel.Endpoint;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.model.EnrichDefinition;

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

        /** Returns those of an {@code enrich}: its exchange does not know the route it comes from, so also those that routes of the version begin with. */
        Optional<OwnEndpoints> ofEnrich();
    }

    /** Those of one step of the route; empty if all its endpoints are shared. */
    static Optional<OwnEndpoints> ofStep(Route route, NamedNode step) {
        if (route == null || !(route.getEndpoint() instanceof Source source)) {
            return Optional.empty();
        }
        return step instanceof EnrichDefinition ? source.ofEnrich() : source.ofStep();
    }
}
