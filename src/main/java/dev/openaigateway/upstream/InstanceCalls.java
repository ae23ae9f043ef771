package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.provider.Providers;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Calls of instances by the gateway itself, with GET and the credentials of the instance. They share no connections with client
 * calls, and do not count for health. Thread-safe.
 */
public final class InstanceCalls implements AutoCloseable {

    /** Reads what it needs of a response. The connection is closed afterwards. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ClassicHttpResponse response) throws IOException;
    }

    private final Providers providers;
    private final Supplier<CloseableHttpClient> clients;
    private final AccessTokens tokens;
    private CloseableHttpClient http;

    /** @param clients called once, for the first call; its client is closed with this object */
    public InstanceCalls(Providers providers, Supplier<CloseableHttpClient> clients, AccessTokens tokens) {
        this.providers = providers;
        this.clients = clients;
        this.tokens = tokens;
    }

    /**
     * Gives up in time even if the response arrives byte by byte.
     *
     * @param url    an address that accepts the instance's key
     * @param within of the whole call
     * @throws RuntimeException if there are no valid credentials
     */
    public <T> T get(InstanceSettings instance, String url, Duration within, Reader<T> reader) throws IOException, HttpException {
        HttpGet request = request(instance, url, Timeout.of(within));
        CompletableFuture<Void> end = CompletableFuture.runAsync(request::cancel,
                CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return reader.read(http().executeOpen(RoutingSupport.determineHost(request), request, null));
        } finally {
            end.cancel(false);
            // Closing the response would read it to the end.
            request.cancel();
        }
    }

    private synchronized CloseableHttpClient http() {
        if (http == null) {
            http = clients.get();
        }
        return http;
    }

    private HttpGet request(InstanceSettings instance, String url, Timeout timeout) {
        HttpGet get = new HttpGet(url);
        get.setConfig(RequestConfig.custom().setResponseTimeout(timeout).setConnectionRequestTimeout(timeout).build());
        providers.of(instance).authorization(instance).ifPresent(key -> get.setHeader(key.getKey(), key.getValue()));
        instance.headers().fixed().forEach((name, value) -> get.setHeader(name, value.value()));
        instance.identity().ifPresent(identity -> get.setHeader("Authorization", "Bearer " + tokens.of(identity).value()));
        return get;
    }

    @Override
    public synchronized void close() throws IOException {
        if (http != null) {
            http.close();
        }
    }
}
