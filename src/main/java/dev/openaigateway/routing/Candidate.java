package dev.openaigateway.routing;

import org.apache.camel.Processor;

/**
 * An instance that a rule offers for a request.
 *
 * @param priority from the rule, else from the settings; lower goes first
 * @param weight   from the rule, else from the settings
 * @param via      the step that sends the exchange there
 */
public record Candidate(Instance instance, int priority, int weight, Processor via) {

    /** Creates the candidate that an endpoint in a rule offers. */
    public static Candidate of(Instance instance, InstanceTarget target, Processor via) {
        return new Candidate(instance,
                target.priorityOverride().orElse(instance.settings().priority()),
                target.weightOverride().orElse(instance.settings().weight()),
                via);
    }

    @Override
    public String toString() {
        return instance.name();
    }
}
