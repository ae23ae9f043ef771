package dev.openaigateway.upstream;

import dev.openaigateway.routing.FallbackTrigger;
import dev.openaigateway.routing.InstanceReference;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** One {@code instance:} URI of a route. */
public final class InstanceEndpoint extends DefaultEndpoint implements InstanceReference {

    private static final Pattern MODEL = Pattern.compile("[!-~]+");

    private final InstanceComponent component;
    private final String instanceName;
    private Integer weight;
    private Integer priority;
    private String model;
    private String when;
    private Set<FallbackTrigger> triggers = Set.of();

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

    @Override
    public Optional<String> modelOverride() {
        return Optional.ofNullable(model);
    }

    @Override
    public Set<FallbackTrigger> when() {
        return triggers;
    }

    public String getModel() {
        return model;
    }

    /** The model to ask for in place of the request's own; null keeps that. In a load balancer it makes this a fallback. */
    public void setModel(String model) {
        if (!MODEL.matcher(model).matches()) {
            throw new IllegalArgumentException("model \"" + model + "\" must be a name without spaces");
        }
        this.model = model;
    }

    public String getWhen() {
        return when;
    }

    /** The failures after which a load balancer asks this endpoint: error, context_length, content_filter, budget, any. */
    public void setWhen(String when) {
        this.triggers = FallbackTrigger.parse(when);
        this.when = when;
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
