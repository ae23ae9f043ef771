package dev.openaigateway.upstream;

import dev.openaigateway.routing.InstanceReference;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

import java.util.OptionalInt;

/** One {@code instance:} URI of a route. */
public final class InstanceEndpoint extends DefaultEndpoint implements InstanceReference {

    private final InstanceComponent component;
    private final String instanceName;
    private Integer weight;
    private Integer priority;

    InstanceEndpoint(String uri, InstanceComponent component, String instanceName) {
        super(uri, component);
        this.component = component;
        this.instanceName = instanceName;
    }

    @Override
    public Producer createProducer() {
        return new InstanceProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("'instance:' is for sending only; requests come in through routes/openai-api.camel.yaml.");
    }

    @Override
    public String instanceName() {
        return instanceName;
    }

    @Override
    public OptionalInt priorityOverride() {
        return priority == null ? OptionalInt.empty() : OptionalInt.of(priority);
    }

    @Override
    public OptionalInt weightOverride() {
        return weight == null ? OptionalInt.empty() : OptionalInt.of(weight);
    }

    public Integer getWeight() {
        return weight;
    }

    /** Overrides the instance's weight for this endpoint; null keeps it. */
    public void setWeight(Integer weight) {
        this.weight = weight;
    }

    public Integer getPriority() {
        return priority;
    }

    /** Overrides the instance's priority for this endpoint; null keeps it. */
    public void setPriority(Integer priority) {
        this.priority = priority;
    }
}
