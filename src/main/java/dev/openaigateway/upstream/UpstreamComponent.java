package dev.openaigateway.upstream;

import dev.openaigateway.identity.AccessTokens;
import org.apache.camel.Consumer;
import org.apache.camel.DelegateEndpoint;
import org.apache.camel.Endpoint;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.service.ServiceHelper;

import java.util.Map;

/**
 * The {@code upstream:} component: camel-http for the calls of attempts, as in {@code upstream:https://host}. It has the
 * options of camel-http; the annotation names that component, so that Camel finds them.
 */
@Component("http,https")
public final class UpstreamComponent extends HttpComponent {

    /** The URI scheme of the component. */
    public static final String SCHEME = "upstream";

    private final AccessTokens tokens;

    /** @param tokens of the identities by which instances are called */
    public UpstreamComponent(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        return new Calls((HttpEndpoint) super.createEndpoint(uri, remaining, parameters), tokens);
    }

    private static final class Calls extends DefaultEndpoint implements DelegateEndpoint {

        private final HttpEndpoint http;
        private final AccessTokens tokens;

        Calls(HttpEndpoint http, AccessTokens tokens) {
            super(http.getEndpointUri(), http.getComponent());
            this.http = http;
            this.tokens = tokens;
        }

        @Override
        public Endpoint getEndpoint() {
            return http;
        }

        @Override
        public Producer createProducer() {
            return new UpstreamProducer(http, tokens);
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            return http.createConsumer(processor);
        }

        @Override
        public PollingConsumer createPollingConsumer() throws Exception {
            return http.createPollingConsumer();
        }

        @Override
        public boolean isLenientProperties() {
            return http.isLenientProperties();
        }

        @Override
        protected void doStart() {
            ServiceHelper.startService(http);
        }

        @Override
        protected void doStop() {
            ServiceHelper.stopService(http);
        }
    }
}
