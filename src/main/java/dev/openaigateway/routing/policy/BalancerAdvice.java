package dev.openaigateway.routing.policy;

import java.util.Set;

/** The reasons for which blocks of Camel cannot contain instances, each with its replacement. Each text continues a sentence whose subject is the block. */
public final class BalancerAdvice {

    public static final String TOPIC = "sends a request to all its children, and none of them would be the answer; "
            + "use customLoadBalancer with a policy such as 'failover', and wireTap for copies";

    public static final String EXCEPTIONS = "names exceptions, but instances fail with errors of the gateway; leave "
            + "'exception' out, or use customLoadBalancer with the policy 'failover' and 'when' on the instance URIs";

    public static final String CIRCUIT_BREAKER = "and each instance has a breaker of its own; instead of circuitBreaker "
            + "use loadBalance with customLoadBalancer and a policy such as 'failover'";

    /** Exceptions that include the errors of the gateway. */
    public static final Set<String> ANY_FAILURE = Set.of("java.lang.Exception", "java.lang.Throwable", "java.lang.RuntimeException");

    private BalancerAdvice() {
    }

    public static String ratios(int ratios, int children) {
        return "has " + ratios + " ratios for " + children + " children; give one for each, or use customLoadBalancer with the policy 'weighted' "
                + "and 'weight' on each instance URI";
    }
}
