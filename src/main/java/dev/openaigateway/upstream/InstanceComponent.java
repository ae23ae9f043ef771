package dev.openaigateway.upstream;

import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.text.UriText;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import java.util.Map;

/** The {@code instance:NAME} component: a configured upstream as a Camel endpoint, {@code instance:*} for all of them. */
public final class InstanceComponent extends DefaultComponent {

    /** The URI scheme of the component. */
    public static final String SCHEME = "instance";

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
