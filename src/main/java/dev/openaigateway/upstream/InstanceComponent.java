package dev.openaigateway.upstream;

import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.text.UriText;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import java.util.Map;
import java.util.function.BiConsumer;

/** The {@code instance:NAME} component: a configured upstream as a Camel endpoint, {@code instance:*} for all of them. */
public final class InstanceComponent extends DefaultComponent {

    /** The URI scheme of the component. */
    public static final String SCHEME = "instance";

    private static final Map<String, BiConsumer<InstanceEndpoint, String>> TEXTS = Map.of("tag", InstanceEndpoint::setTag,
            "exclude", InstanceEndpoint::setExclude, "model", InstanceEndpoint::setModel, "when", InstanceEndpoint::setWhen);

    private final Instances instances;
    private final Engine engine;
    private final Policy configured;

    /** @param configured the policy of a plain {@code to: instance:*} */
    public InstanceComponent(Instances instances, Engine engine, Policy configured) {
        this.instances = instances;
        this.engine = engine;
        this.configured = configured;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        InstanceEndpoint endpoint = new InstanceEndpoint(uri, this, remaining);
        parameters.replaceAll((name, value) -> value instanceof String text ? UriText.written(text) : value);
        // Not by Camel, which would take a text that begins with '#' for the name of a bean or a class.
        TEXTS.forEach((name, option) -> {
            if (parameters.remove(name) instanceof String text) {
                option.accept(endpoint, text);
            }
        });
        setProperties(endpoint, parameters);
        endpoint.selection();
        return endpoint;
    }

    Instances instances() {
        return instances;
    }

    Engine engine() {
        return engine;
    }

    Policy configured() {
        return configured;
    }
}
