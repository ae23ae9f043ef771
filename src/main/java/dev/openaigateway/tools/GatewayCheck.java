package dev.openaigateway.tools;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A health check of a part of the gateway. It belongs to the whole health only, neither to readiness nor to liveness: all gateways
 * would be taken out at once for what restarts and other gateways cannot mend, such as an upstream that is down. Thread-safe.
 */
public final class GatewayCheck extends AbstractHealthCheck {

    /** Looks at a part of the gateway. */
    @FunctionalInterface
    public interface Check {

        /**
         * @param details gets what tools show beside the state
         * @return the problem in one sentence; null if there is none
         */
        String problem(Map<String, Object> details);
    }

    private static final String GROUP = "gateway";

    private final Check check;

    /** @param id such as {@code gateway-redis} */
    public GatewayCheck(String id, Check check) {
        super(GROUP, id);
        this.check = check;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Map<String, Object> details = new LinkedHashMap<>();
        String problem = check.problem(details);
        builder.details(details);
        if (problem == null) {
            builder.up();
        } else {
            builder.message(problem).down();
        }
    }
}
