package dev.openaigateway.app;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.upstream.connection.TlsSetup;
import dev.openaigateway.upstream.connection.UpstreamClient;
import dev.openaigateway.upstream.UpstreamComponent;
import dev.openaigateway.upstream.connection.UpstreamConnections;
import dev.openaigateway.upstream.UpstreamHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.PoolingHttpClientConnectionManagerMetricsBinder;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

import java.util.List;

/** Binds what the component {@code upstream:} consists of. */
final class UpstreamWiring {

    private UpstreamWiring() {
    }

    /** @param tokens of the identities by which instances are called */
    static void bind(CamelContext context, UpstreamConnections upstream, MeterRegistry meters, LiveSettings settings, AccessTokens tokens) {
        context.addComponent(UpstreamComponent.SCHEME, new UpstreamComponent(tokens));
        context.getRegistry().bind("upstreamClient", new UpstreamClient());
        context.getRegistry().bind("upstreamHeaders", new UpstreamHeaders());
        PoolingHttpClientConnectionManager connections = upstream.pool();
        new PoolingHttpClientConnectionManagerMetricsBinder(connections, "upstream").bindTo(meters);
        context.getRegistry().bind("upstreamConnections", connections);
        if (context.getRegistry().lookupByName(CheckCommand.CHECK_ONLY) == null) {
            TlsSetup tls = upstream.tls();
            settings.onChange(tls::apply);
            Lifecycle.addServices(context, List.of(tls));
        }
    }
}
