package dev.openaigateway.routing;

import org.apache.camel.Processor;

/**
 * An instance that a rule offers for a request.
 *
 * @param priority the rule's, else the settings'; lower goes first
 * @param weight   the rule's, else the settings'
 * @param via      the step that sends the exchange there
 */
public record Candidate(Instance instance, int priority, int weight, Processor via) {

    /** The instance as a rule's endpoint offers it. */
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
