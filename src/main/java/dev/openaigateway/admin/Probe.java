package dev.openaigateway.admin;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.identity.Tokens;
import dev.openaigateway.provider.Provider;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.provider.UpstreamUrl;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Probes an upstream with one GET of {@code health_path}, or of the provider's health URL. Thread-safe. */
public final class Probe implements AutoCloseable {

    /** @param detail empty if the upstream is healthy; contains no host name */
    public record Finding(String instance, String status, String detail) {

        boolean healthy() {
            return status.equals("ok");
        }
    }

    private final Providers providers;
    private final Supplier<CloseableHttpClient> clients;
    private final Tokens tokens;
    private CloseableHttpClient http;

    /** @param clients called once, for the first probe; its client is closed with this object */
    public Probe(Providers providers, Supplier<CloseableHttpClient> clients, Tokens tokens) {
        this.providers = providers;
        this.clients = clients;
        this.tokens = tokens;
    }

    /** Any response shows that the instance is healthy, except a server error or a refusal of the key. */
    Finding call(InstanceSettings instance) {
        return call(instance, instance.apiBase(), instance.healthTimeout());
    }

    /** Probes another address that accepts the instance's key. */
    Finding call(InstanceSettings instance, URI base, Duration within) {
        try {
            int status = status(request(instance, base, Timeout.of(within)), within);
            boolean healthy = status < 500 && status != 401 && status != 403;
            return new Finding(instance.name(), healthy ? "ok" : "error", healthy ? "" : "responded with " + status);
        } catch (IOException | HttpException | RuntimeException e) {
            // A provider may throw any exception if it has no valid credentials.
            return new Finding(instance.name(), "error", "cannot be reached");
        }
    }

    /** Does not read the body. Gives up in time even if the response head arrives byte by byte. */
    private int status(HttpGet request, Duration within) throws IOException, HttpException {
        CompletableFuture<Void> end = CompletableFuture.runAsync(request::cancel,
                CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return http().executeOpen(RoutingSupport.determineHost(request), request, null).getCode();
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

    private HttpGet request(InstanceSettings instance, URI base, Timeout timeout) {
        Provider provider = providers.of(instance);
        HttpGet get = new HttpGet(instance.healthPath().map(path -> UpstreamUrl.below(base, path)).orElseGet(() -> provider.healthUrl(instance, base)));
        get.setConfig(RequestConfig.custom().setResponseTimeout(timeout).setConnectionRequestTimeout(timeout).build());
        provider.authorization(instance).ifPresent(key -> get.setHeader(key.getKey(), key.getValue()));
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
