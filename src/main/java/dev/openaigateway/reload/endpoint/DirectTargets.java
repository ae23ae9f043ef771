package dev.openaigateway.reload.endpoint;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.spi.EndpointStrategy;

import java.util.Set;

/**
 * Lets a send to a {@code direct:} endpoint where no route begins fail at once. By default Camel waits 30 seconds for such a route, and the
 * request with it. The gateway's own endpoints may wait, for the time of its start. Later the route of an instance is there before a request asks for it, so
 * a name of one without a route is that of a rule.
 */
public final class DirectTargets implements EndpointStrategy {

    private static final Set<String> OWN = Set.of(GatewayEndpoints.ENTRY, GatewayEndpoints.RULES, GatewayEndpoints.MODELS);

    private final CamelContext context;

    private DirectTargets(CamelContext context) {
        this.context = context;
    }

    /** Applies to all endpoints of the context, which have an option if a rule wants to wait. */
    public static void install(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback(new DirectTargets(context));
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof DirectEndpoint direct && !uri.contains("block=") && !mayWait(EndpointText.base(uri))) {
            direct.setBlock(false);
        }
        return endpoint;
    }

    private boolean mayWait(String uri) {
        return OWN.contains(uri) || GatewayEndpoints.contains(uri) && !context.isStarted();
    }
}
