package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.routing.InstanceReference;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One {@code instance:} URI of a route. The annotations describe it to Camel's tools, which read the same from the
 * component's JSON file in {@code META-INF}.
 */
@UriEndpoint(firstVersion = "1.0.0", scheme = InstanceComponent.SCHEME, title = "Instance", syntax = "instance:name", producerOnly = true,
        category = Category.AI)
public final class InstanceEndpoint extends DefaultEndpoint implements InstanceReference {

    private static final Pattern MODEL = Pattern.compile("[!-~]+");

    private final InstanceComponent component;
    @UriPath(description = "Name of a configured instance, or * for all that serve the model of the request")
    @Metadata(required = true)
    private final String name;
    @UriParam(description = "Share of the requests under the policy weighted, in place of the weight in the settings")
    private Integer weight;
    @UriParam(description = "Priority in this rule, in place of the one in the settings; a lower number goes first")
    private Integer priority;
    @UriParam(description = "Tags separated by commas: only instances with one of them; for instance:*")
    private String tag;
    @UriParam(description = "Tags and names of instances separated by commas: all instances but these; for instance:*")
    private String exclude;
    @UriParam(description = "Model to ask for in place of the request's own; in a loadBalance block it makes this a fallback")
    private String model;
    @UriParam(description = "Failures after which a loadBalance block asks this endpoint, separated by commas: error, context_length, "
            + "content_filter, budget or any; error if only model is given")
    private String when;
    private Set<FallbackTrigger> triggers = Set.of();
    private InstanceSelection selection;

    InstanceEndpoint(String uri, InstanceComponent component, String name) {
        super(uri, component);
        this.component = component;
        this.name = name;
    }

    @Override
    public Producer createProducer() {
        return new InstanceProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("'instance:' is for sending only; requests come in through routes/openai-api.camel.yaml.");
    }

    /** @throws IllegalArgumentException if the parameters contradict each other */
    @Override
    public InstanceSelection selection() {
        if (selection == null) {
            selection = InstanceSelection.of(name, tag, exclude);
        }
        return selection;
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

    /** Overrides the instance's weight for this endpoint; null keeps it. At least 0. */
    public void setWeight(Integer weight) {
        this.weight = notNegative("weight", weight);
    }

    public Integer getPriority() {
        return priority;
    }

    /** Overrides the instance's priority for this endpoint; null keeps it. At least 0. */
    public void setPriority(Integer priority) {
        this.priority = notNegative("priority", priority);
    }

    public String getTag() {
        return tag;
    }

    /** Tags separated by commas; null for any instance. */
    public void setTag(String tag) {
        this.tag = tag;
    }

    public String getExclude() {
        return exclude;
    }

    /** Tags and names separated by commas; null excludes none. */
    public void setExclude(String exclude) {
        this.exclude = exclude;
    }

    private static Integer notNegative(String option, Integer value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException("The " + option + " of an instance URI must be a whole number of at least 0, not " + value + ".");
        }
        return value;
    }
}
