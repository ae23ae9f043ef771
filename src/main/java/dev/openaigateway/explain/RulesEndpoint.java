package dev.openaigateway.explain;

/** The endpoint at which requests enter the routing rules. */
public final class RulesEndpoint {

    public static final String URI = "direct:routing";

    private RulesEndpoint() {
    }
}
