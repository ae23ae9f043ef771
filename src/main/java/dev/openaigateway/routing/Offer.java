package dev.openaigateway.routing;

import org.apache.camel.Processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The candidates that the instance URIs of one rule offer. They are computed again by the first request after a reload of
 * the settings. Thread-safe.
 */
public final class Offer {

    private record Child(InstanceReference reference, Processor endpoint) {
    }

    /** The candidates for one set of configured instances. */
    private record Computed(Collection<Instance> configured, List<Candidate> candidates) {
    }

    private final Instances instances;
    private volatile List<Child> children = List.of();
    private volatile Computed computed = new Computed(List.of(), List.of());

    public Offer(Instances instances) {
        this.instances = instances;
    }

    /** @param endpoint the step that sends an exchange to the instances of the reference */
    public synchronized Offer add(InstanceReference reference, Processor endpoint) {
        List<Child> more = new ArrayList<>(children);
        more.add(new Child(reference, endpoint));
        children = List.copyOf(more);
        computed = new Computed(List.of(), List.of());
        return this;
    }

    /** In the order of the rule; within one URI in the order of the settings. */
    public List<Candidate> candidates() {
        Computed known = computed;
        Collection<Instance> configured = instances.all();
        if (known.configured() != configured) {
            known = new Computed(configured, children.stream().flatMap(this::candidates).toList());
            computed = known;
        }
        return known.candidates();
    }

    private Stream<Candidate> candidates(Child child) {
        return child.reference().selection().among(instances)
                .map(instance -> Candidate.of(instance, child.reference(), child.endpoint()));
    }
}
