package dev.openaigateway.support;

/** Texts of {@code routing.camel.yaml} that have only the route of the rules. */
public final class OneRoute {

    private OneRoute() {
    }

    /** @param steps a list in YAML */
    public static String of(String steps) {
        return """
                - route:
                    id: routing
                    routeConfigurationId: errors
                    from:
                      uri: direct:routing
                      steps:
                """ + steps.indent(8);
    }

    /** One step, which sends the request on. */
    public static String to(String uri) {
        return of(send(uri));
    }

    /** One step, in which a policy orders the instances. */
    public static String by(String policy, String uri) {
        return of(balance(policy, uri));
    }

    /** The step alone. */
    public static String balance(String policy, String uri) {
        return """
                - loadBalance:
                    customLoadBalancer: { ref: %s }
                    steps:
                """.formatted(policy) + send(uri).indent(6);
    }

    private static String send(String uri) {
        return "- to: { uri: \"%s\" }\n".formatted(uri);
    }
}
