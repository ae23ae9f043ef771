package dev.openaigateway.reload.live;

/** A version of the live route files whose routes are started, but not used yet. */
public final class StartedRoutes {

    private final RoutesVersion version;
    private final LiveRoutes routes;
    private final Begins begins;

    StartedRoutes(RoutesVersion version, LiveRoutes routes, Begins begins) {
        this.version = version;
        this.routes = routes;
        this.begins = begins;
    }

    RoutesVersion version() {
        return version;
    }

    LiveRoutes routes() {
        return routes;
    }

    Begins begins() {
        return begins;
    }
}
