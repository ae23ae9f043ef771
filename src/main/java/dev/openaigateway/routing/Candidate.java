package dev.openaigateway.routing;

import org.apache.camel.Processor;

/**
 * An instance that a rule offers for a request.
 *
 * @param priority from the rule, else from the settings; lower goes first
 * @param weight   from the rule, else from the settings
 * @param endpoint the step that sends the exchange there
 */
public record Candidate(Instance instance, int priority, int weight, Processor endpoint) {

    /** Creates the candidate that an endpoint in a rule offers. */
    public static Candidate of(Instance instance, InstanceReference reference, Processor endpoint) {
        return new Candidate(instance,
                reference.priorityOverride().orElse(instance.settings().priority()),
                reference.weightOverride().orElse(instance.settings().weight()),
                endpoint);
    }

    @Override
    public String toString() {
        return instance.name();
    }
}
