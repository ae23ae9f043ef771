package dev.openaigateway.admin;

import dev.openaigateway.api.Errors;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.ProviderType;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the instances that serve a model whether they answer. What was found is kept for a short while. */
public final class ModelHealth {

    private static final Duration KEPT = Duration.ofSeconds(10);

    /** @param detail empty for one that answers; names no host */
    public record Finding(String instance, String status, String detail) {
    }

    private record Document(String status, String model, List<Finding> instances) {
    }

    private record Kept(Finding finding, Instant until) {
    }

    private final Instances instances;
    private final CloseableHttpClient http;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public ModelHealth(Instances instances, CloseableHttpClient http, InstantSource clock) {
        this.instances = instances;
        this.http = http;
        this.clock = clock;
    }

    /** 200 if any instance answers, else 503; 404 for a model that none serves. */
    public Object check(AdminRequest request) {
        String model = request.between("/health/", "");
        List<Instance> serving = instances.all().stream()
                .filter(instance -> instance.settings().enabled() && instance.settings().serves(model)).toList();
        if (serving.isEmpty()) {
            throw Errors.modelNotFound(model, instances.models()).exception();
        }
        List<Finding> findings = serving.stream().map(this::recent).toList();
        boolean any = findings.stream().anyMatch(finding -> finding.status().equals("ok"));
        Document document = new Document(any ? "ok" : "error", model, findings);
        return any ? document : new JsonAnswer.Reply(503, document);
    }

    private Finding recent(Instance instance) {
        Kept known = kept.get(instance.routeKey());
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.finding();
        }
        Finding found = ask(instance.settings());
        kept.put(instance.routeKey(), new Kept(found, clock.instant().plus(KEPT)));
        return found;
    }

    /** Any answer that is no server error and no refusal of the key shows that the instance is there. */
    private Finding ask(InstanceSettings instance) {
        HttpGet get = new HttpGet(address(instance));
        Timeout timeout = Timeout.of(instance.healthTimeout());
        get.setConfig(RequestConfig.custom().setResponseTimeout(timeout).setConnectionRequestTimeout(timeout).build());
        boolean azure = instance.providerType() == ProviderType.AZURE;
        if (!instance.apiKey().isBlank()) {
            get.setHeader(instance.keyHeader().orElse(azure ? "api-key" : "Authorization"),
                    azure ? instance.apiKey().value() : "Bearer " + instance.apiKey().value());
        }
        try {
            int status = http.execute(get, response -> response.getCode());
            boolean good = status < 500 && status != 401 && status != 403;
            return new Finding(instance.name(), good ? "ok" : "error", good ? "" : "answered " + status);
        } catch (IOException e) {
            return new Finding(instance.name(), "error", "cannot be reached");
        }
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
}
