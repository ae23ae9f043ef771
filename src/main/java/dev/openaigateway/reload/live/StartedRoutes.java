package dev.openaigateway.reload.live;

/** A version of the live route files whose routes are started, but not used yet. */
public final class StartedRoutes {

    private final RoutesVersion version;
    private final LiveRoutes routes;
    private final RouteInputs inputs;

    StartedRoutes(RoutesVersion version, LiveRoutes routes, RouteInputs inputs) {
        this.version = version;
        this.routes = routes;
        this.inputs = inputs;
    }

    RoutesVersion version() {
        return version;
    }

    LiveRoutes routes() {
        return routes;
    }

    RouteInputs inputs() {
        return inputs;
    }
}
