package dev.openaigateway.admin;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.ProviderType;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;

/** Asks an upstream whether it is there: one GET of {@code health_path}, else of its list of models. Thread-safe. */
public final class Probe implements AutoCloseable {

    /** @param detail empty for one that answers; names no host */
    public record Finding(String instance, String status, String detail) {

        boolean good() {
            return status.equals("ok");
        }
    }

    private final CloseableHttpClient http;

    /** @param http closed with the probe */
    public Probe(CloseableHttpClient http) {
        this.http = http;
    }

    /** Any answer that is no server error and no refusal of the key shows that the instance is there. */
    Finding ask(InstanceSettings instance) {
        try {
            int status = http.execute(request(instance), response -> response.getCode());
            boolean good = status < 500 && status != 401 && status != 403;
            return new Finding(instance.name(), good ? "ok" : "error", good ? "" : "answered " + status);
        } catch (IOException e) {
            return new Finding(instance.name(), "error", "cannot be reached");
        }
    }

    private static HttpGet request(InstanceSettings instance) {
        HttpGet get = new HttpGet(address(instance));
        Timeout timeout = Timeout.of(instance.healthTimeout());
        get.setConfig(RequestConfig.custom().setResponseTimeout(timeout).setConnectionRequestTimeout(timeout).build());
        boolean azure = instance.providerType() == ProviderType.AZURE;
        if (!instance.apiKey().isBlank()) {
            get.setHeader(instance.keyHeader().orElse(azure ? "api-key" : "Authorization"),
                    azure ? instance.apiKey().value() : "Bearer " + instance.apiKey().value());
        }
        return get;
    }

    private static String address(InstanceSettings instance) {
        String base = instance.apiBase().toString();
        if (instance.healthPath().isPresent()) {
            return base + instance.healthPath().get();
        }
        if (instance.providerType() == ProviderType.AZURE) {
            String version = instance.apiVersion().orElse("2024-10-21");
            return version.equals("v1") ? base + "/openai/v1/models" : base + "/openai/models?api-version=" + version;
        }
        return base + (base.endsWith("/v1") ? "/models" : "/v1/models");
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
