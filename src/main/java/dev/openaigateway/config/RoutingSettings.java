package dev.openaigateway.config;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an instance is selected for a request.
 *
 * @param strategy  the policy that rules call {@code configured}
 * @param retries   maximum number of attempts after the first, each on another instance
 * @param timeout   the time for all attempts together, up to the first content of a stream, or the end of a response that is held whole
 * @param composite the weights of the composite policy
 * @param traceHeader whether responses name the rule and the attempts in a header
 * @param hardTimeout whether signs of life from an upstream do not put off the end of {@code timeout}
 * @param affinity  which requests stay on the instance that served earlier ones
 * @param defaultModel the model of requests that name none; empty for no such model
 */
public record RoutingSettings(Strategy strategy, int retries, Duration timeout, CompositeWeights composite, boolean traceHeader,
                              @DerivedSetting boolean hardTimeout, Affinity affinity, Optional<String> defaultModel) {

    private static final Pattern WORD_BREAK = Pattern.compile("[_-]([a-z])");

    public RoutingSettings(Strategy strategy, int retries, Duration timeout) {
        this(strategy, retries, timeout, CompositeWeights.DEFAULT, false, false, Affinity.SESSION, Optional.empty());
    }

    /** Weights of the composite score. Only their proportion counts; a part with weight 0 is ignored. */
    public record CompositeWeights(int latency, int utilisation, int health) {

        public static final CompositeWeights DEFAULT = new CompositeWeights(1, 1, 1);
    }

    /** Which requests stay on the instance that served earlier ones; each value includes those before it. */
    public enum Affinity {

        NONE,
        /** Those of one session. */
        SESSION,
        /** Those of one end user. */
        USER,
        /** Those with the same beginning of the prompt. */
        PROMPT
    }

    /** The gateway's own policies. */
    public enum Strategy {

        FAILOVER, PRIORITY, ROUND_ROBIN, WEIGHTED, LEAST_LOADED, LEAST_BUSY, FASTEST, STICKY, MODEL_SPECIFIC, COMPOSITE;

        /** The name under which rules refer to the policy, such as {@code roundRobin}. */
        public String policy() {
            return policyName(name().toLowerCase(Locale.ROOT));
        }

        /** The bean name for a name in any spelling: {@code roundRobin} for {@code round_robin} or {@code round-robin}. */
        public static String policyName(String text) {
            return WORD_BREAK.matcher(text).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
        }
    }
}
