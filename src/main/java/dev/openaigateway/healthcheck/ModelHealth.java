package dev.openaigateway.healthcheck;

import dev.openaigateway.healthcheck.HealthCheck.Finding;
import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.admin.JsonResponder;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Checks all instances that serve a model, in parallel, at the targets of its requests. Results are cached for ten seconds,
 * and concurrent requests share one check. Thread-safe.
 */
public final class ModelHealth {

    private static final Duration MAX_AGE = Duration.ofSeconds(10);

    private record Document(String status, String model, List<Finding> instances) {
    }

    /** @param settings the instance's route key */
    private record Cached(String settings, CompletableFuture<Finding> finding, Instant until) {
    }

    private final Instances instances;
    private final HealthCheck check;
    private final Executor threads;
    private final InstantSource clock;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    public ModelHealth(Instances instances, HealthCheck check, Executor threads, InstantSource clock) {
        this.instances = instances;
        this.check = check;
        this.threads = threads;
        this.clock = clock;
    }

    /** 200 if any instance responds, else 503; 404 if no instance serves the model. */
    public Object check(AdminRequest request) {
        String name = request.between("/health/", "");
        String model = instances.catalogue().target(name);
        List<CompletableFuture<Finding>> checks = instances.all().stream()
                .filter(instance -> instance.settings().enabled() && instance.settings().serves(model))
                .flatMap(instance -> instance.settings().targetsOf(model).stream().map(target -> recent(instance, target))).toList();
        if (checks.isEmpty()) {
            throw Errors.modelNotFound(name, instances.listedModels()).exception();
        }
        List<Finding> findings = checks.stream().map(CompletableFuture::join).toList();
        boolean any = findings.stream().anyMatch(Finding::healthy);
        Document document = new Document(any ? "ok" : "error", name, findings);
        return any ? document : new JsonResponder.Reply(503, document);
    }

    private CompletableFuture<Finding> recent(Instance instance, Target target) {
        return cache.compute(instance.name() + " " + target.baseUrl(), (name, known) -> {
            Instant now = clock.instant();
            boolean usable = known != null && known.settings().equals(instance.routeKey()) && now.isBefore(known.until());
            return usable ? known : new Cached(instance.routeKey(),
                    CompletableFuture.supplyAsync(
                            () -> check.call(instance.settings(), target.baseUrl(), target.healthTimeout()), threads), now.plus(MAX_AGE));
        }).finding();
    }
}
