package dev.openaigateway.reload.files;

import org.apache.camel.model.RouteDefinition;

/** Two routes or steps have the same id. */
public final class DuplicateIdException extends RuntimeException {

    private final transient RouteDefinition route;
    private final String id;

    public DuplicateIdException(RouteDefinition route, String id) {
        super("has the id '" + id + "', which another route or step has too");
        this.route = route;
        this.id = id;
    }

    RouteDefinition route() {
        return route;
    }

    String id() {
        return id;
    }
}
