package dev.openaigateway.routing;

import dev.openaigateway.fallback.FallbackTrigger;
import org.apache.camel.Processor;

import java.util.Collection;
import java.util.List;

/**
 * The stages that the instance URIs of one rule offer. They are computed again by the first request after a reload of the
 * settings. Thread-safe.
 */
public final class Stages {

    /** The stages for one set of configured instances. */
    private record Computed(Collection<Instance> configured, List<Stage> stages) {
    }

    private final Instances instances;
    private volatile StageLayout layout;
    private volatile Computed computed = new Computed(List.of(), List.of());

    private Stages(Instances instances, StageLayout layout) {
        this.instances = instances;
        this.layout = layout;
    }

    /** An offer without stages so far. */
    public Stages(Instances instances) {
        this(instances, StageLayout.EMPTY);
    }

    /** The offer of an instance URI outside a {@code loadBalance} block: one stage. */
    public static Stages of(Instances instances, InstanceReference reference, Processor endpoint) {
        return new Stages(instances, StageLayout.single(reference, endpoint));
    }

    /**
     * @param endpoint the step that sends an exchange to the instances of the reference
     * @throws IllegalArgumentException if the reference cannot follow the earlier ones
     */
    public synchronized void add(InstanceReference reference, Processor endpoint) {
        layout = layout.with(reference, endpoint);
        computed = new Computed(List.of(), List.of());
    }

    /** Whether a child is called after this failure of an earlier one. */
    public boolean fallsBackAfter(FallbackTrigger trigger) {
        return layout.fallsBackAfter(trigger);
    }

    public List<Stage> stages() {
        Computed known = computed;
        Collection<Instance> configured = instances.all();
        if (known.configured() != configured) {
            known = new Computed(configured, layout.stages(configured, instances.outages()));
            computed = known;
        }
        return known.stages();
    }
}
