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

    private CompletableFuture<TlsSocketStrategy> reading;

    /** Begins to read the trust store if an instance has an address with TLS. Returns at once. */
    public void apply(Settings settings) {
        if (settings.instances().stream().anyMatch(instance -> "https".equalsIgnoreCase(instance.apiBase().getScheme()))) {
            reading();
        }
    }

    @Override
    protected void doStart() {
        CompletableFuture<TlsSocketStrategy> begun;
        synchronized (this) {
            begun = reading;
        }
        if (begun != null) {
            begun.join();
        }
    }

    /** Returns how TLS connections are made. Blocks until the trust store is read. */
    TlsSocketStrategy strategy() {
        return reading().join();
    }

    private synchronized CompletableFuture<TlsSocketStrategy> reading() {
        if (reading == null) {
            reading = CompletableFuture.supplyAsync(DefaultClientTlsStrategy::createDefault);
        }
        return reading;
    }
}
