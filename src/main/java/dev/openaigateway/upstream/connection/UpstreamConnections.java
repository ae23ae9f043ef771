package dev.openaigateway.upstream.connection;

import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Creates the connection pools for upstreams. The calls in flight bound the number of connections, not the pool. */
public final class UpstreamConnections {

    private static final int NO_BOUND = 100_000;

    private final DetachedSocketFactory sockets;
    private final IdleConnections idle;
    private final TlsSetup tls = new TlsSetup();

    public UpstreamConnections(DetachedSocketFactory sockets, ExecutorServiceManager executors) {
        this.sockets = sockets;
        this.idle = new IdleConnections(executors);
    }

    /** The idle connections of all pools. */
    public IdleConnections idle() {
        return idle;
    }

    /** The TLS of all pools. */
    public TlsSetup tls() {
        return tls;
    }

    /** Returns a new pool. */
    public PoolingHttpClientConnectionManager pool() {
        return new Builder()
                .setConnectionFactory(new PooledConnections(idle))
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setTlsSocketStrategy((socket, target, port, attachment, context) ->
                        tls.strategy().upgrade(socket, target, port, attachment, context))
                .setMaxConnPerRoute(NO_BOUND)
                .setMaxConnTotal(NO_BOUND)
                .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).setSoTimeout(Timeout.ofSeconds(60)).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(5))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .build();
    }

    /** Returns a new client with a pool of its own, for calls outside client requests, such as health checks. */
    public CloseableHttpClient client() {
        return HttpClients.custom().setConnectionManager(pool()).disableAutomaticRetries().disableRedirectHandling()
                .disableCookieManagement().build();
    }

    private final class Builder extends PoolingHttpClientConnectionManagerBuilder {

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(sockets, ports, names,
                    scheme -> URIScheme.HTTPS.same(scheme) ? tls : null);
        }
    }
}
