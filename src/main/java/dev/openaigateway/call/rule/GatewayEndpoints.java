package dev.openaigateway.call.rule;

/** Where the gateway's own routes around the rules begin, and where requests enter the rules. */
public final class GatewayEndpoints {

    /** Where requests of clients enter. */
    public static final String ENTRY = "direct:gateway";

    /** Where requests enter the routing rules. */
    public static final String RULES = "direct:routing";

    /** The list of models. */
    public static final String MODELS = "direct:models";

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

    /**
     * Whether it is the endpoint of a route to which no rule sends.
     *
     * @param uri without options
     */
    public static boolean contains(String uri) {
        return uri.equals(ENTRY) || uri.startsWith(INSTANCES);
    }
}
