package dev.openaigateway.upstream.connection;

import dev.openaigateway.config.Settings;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;

import java.util.concurrent.CompletableFuture;

/**
 * TLS to upstreams. Reading the JDK's trust store takes time (benchmark row "start to first response"), so it is read in the
 * background if an instance needs it; the start waits for it, so that the first request does not. Thread-safe.
 */
public final class TlsSetup extends ServiceSupport {

    private volatile CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    /** Begins to read the trust store if an instance has an address with TLS. Returns at once. */
    public void apply(Settings settings) {
        if (settings.instances().stream().anyMatch(instance -> "https".equalsIgnoreCase(instance.apiBase().getScheme()))) {
            reading = CompletableFuture.runAsync(TlsSetup::strategy);
        }
    }

    @Override
    protected void doStart() {
        reading.join();
    }

    /** Returns how TLS connections are made. Blocks until the trust store is read. */
    static TlsSocketStrategy strategy() {
        return Loaded.STRATEGY;
    }

    private static final class Loaded {

        static final TlsSocketStrategy STRATEGY = DefaultClientTlsStrategy.createDefault();
    }
}
