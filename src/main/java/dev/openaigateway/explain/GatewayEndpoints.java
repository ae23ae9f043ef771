package dev.openaigateway.explain;

/** The endpoints of the gateway's own routes around the rules, to which no rule sends. */
public final class GatewayEndpoints {

    /** Where requests of clients enter. */
    public static final String ENTRY = "direct:gateway";

    private static final String INSTANCES = "direct:instance-";

    private GatewayEndpoints() {
    }

    /**
     * The endpoint of the route that asks an instance.
     *
     * @param routeKey which of the routes for instances it is
     */
    public static String ofInstance(String routeKey) {
        return INSTANCES + routeKey;
    }

    /** @param uri without options */
    public static boolean contains(String uri) {
        return uri.equals(ENTRY) || uri.startsWith(INSTANCES);
    }
}
