package dev.openaigateway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How a request looks for an instance.
 *
 * @param strategy the policy that rules call {@code configured}
 * @param retries  further attempts after the first, each on another instance
 * @param timeout  the time for all attempts together, up to the response headers (for a stream: its first content)
 * @param composite what counts how much under the composite policy
 */
public record RoutingSettings(Strategy strategy, int retries, Duration timeout, CompositeWeights composite) {

    private static final Pattern WORD_BREAK = Pattern.compile("[_-]([a-z])");

    public RoutingSettings(Strategy strategy, int retries, Duration timeout) {
        this(strategy, retries, timeout, CompositeWeights.DEFAULT);
    }

    /** Shares of the composite score; only their proportion counts, and 0 leaves that part out. */
    public record CompositeWeights(int latency, int utilisation, int health) {

        public static final CompositeWeights DEFAULT = new CompositeWeights(1, 1, 1);
    }

    /** The gateway's own policies. */
    public enum Strategy {

        FAILOVER, PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_LOADED, MODEL_SPECIFIC, COMPOSITE;

        /** The name under which rules refer to the policy, such as {@code roundRobin}. */
        public String policy() {
            return policyName(name().toLowerCase(Locale.ROOT));
        }

        /** The name as a bean's, with {@code _} or {@code -} between words or without: {@code roundRobin} of {@code round_robin}. */
        public static String policyName(String text) {
            return WORD_BREAK.matcher(text).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
        }
    }
}
