package dev.openaigateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.Json;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

/**
 * The models that upstreams list themselves, for instances that serve any model. A list is kept for five minutes. If it cannot be
 * read, the last one stays, and the next request after ten seconds tries again. Concurrent requests share one call. Thread-safe.
 */
public final class ModelLists extends ServiceSupport {

    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int MAX_MODELS = 10_000;
    private static final int LONGEST_NAME = 256;

    /**
     * A model as an upstream lists it.
     *
     * @param created seconds since 1970; 0: unknown
     * @param ownedBy empty if unknown
     */
    public record Listed(long created, String ownedBy) {
    }

    private record Reading(Map<String, Listed> models, boolean succeeded) {
    }

    /** @param settings the instance's route key */
    private record Cached(String settings, CompletableFuture<Reading> reading, Instant started) {

        boolean isUsable(Instance instance, Instant now) {
            return settings.equals(instance.routeKey())
                    && (!reading.isDone() || now.isBefore(started.plus(reading.join().succeeded() ? MAX_AGE : RETRY_AFTER)));
        }

        Map<String, Listed> last(Instance instance) {
            return settings.equals(instance.routeKey()) && reading.isDone() ? reading.join().models() : Map.of();
        }
    }

    private final Instances instances;
    private final Providers providers;
    private final InstanceCalls calls;
    private final ExecutorServiceManager executors;
    private final InstantSource clock;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();
    private ExecutorService threads;

    public ModelLists(Instances instances, Providers providers, InstanceCalls calls, ExecutorServiceManager executors, InstantSource clock) {
        this.instances = instances;
        this.providers = providers;
        this.calls = calls;
        this.executors = executors;
        this.clock = clock;
    }

    /**
     * The models that enabled instances serve because they serve any, by name. Waits at most ten seconds for lists that are not
     * cached; one that cannot be read is left out.
     */
    public Map<String, Listed> models() {
        List<Instance> asked = instances.all().stream().filter(ModelLists::hasUnnamedModels).toList();
        List<CompletableFuture<Reading>> readings = asked.stream().map(this::recent).toList();
        Map<String, Listed> models = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            InstanceSettings instance = asked.get(i).settings();
            readings.get(i).join().models().forEach((name, model) -> {
                if (instance.serves(name)) {
                    models.putIfAbsent(name, model);
                }
            });
        }
        return models;
    }

    /** An instance that calls the same deployment for every model needs no list. */
    private static boolean hasUnnamedModels(Instance instance) {
        InstanceSettings settings = instance.settings();
        return settings.enabled() && settings.servesAnyModel() && !settings.modelDeployments().containsKey(InstanceSettings.ANY_MODEL);
    }

    private CompletableFuture<Reading> recent(Instance instance) {
        return cache.compute(instance.name(), (name, known) -> {
            Instant now = clock.instant();
            if (known != null && known.isUsable(instance, now)) {
                return known;
            }
            Map<String, Listed> last = known == null ? Map.of() : known.last(instance);
            return new Cached(instance.routeKey(), CompletableFuture.supplyAsync(() -> read(instance.settings(), last), threads), now);
        }).reading();
    }

    private Reading read(InstanceSettings instance, Map<String, Listed> last) {
        try {
            Optional<String> url = providers.of(instance).modelsUrl(instance);
            Duration within = instance.healthTimeout().compareTo(LONGEST_CALL) < 0 ? instance.healthTimeout() : LONGEST_CALL;
            return url.isEmpty() ? new Reading(Map.of(), true) : new Reading(calls.get(instance, url.get(), within, ModelLists::models), true);
        } catch (IOException | HttpException | RuntimeException e) {
            // A provider may throw any exception if it has no valid credentials.
            return new Reading(last, false);
        }
    }

    /** Reads OpenAI's form, and an array alone as some providers send it. */
    private static Map<String, Listed> models(ClassicHttpResponse response) throws IOException {
        if (response.getCode() != 200 || response.getEntity() == null) {
            throw new IOException("no list");
        }
        JsonNode document;
        try (InputStream body = response.getEntity().getContent()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("too long");
            }
            document = Json.MAPPER.readTree(bytes);
        }
        JsonNode list = document.isArray() ? document : document.path("data");
        if (!list.isArray()) {
            throw new IOException("no list");
        }
        Map<String, Listed> models = new LinkedHashMap<>();
        for (JsonNode model : list) {
            String name = model.path("id").asText("");
            if (isName(name) && models.size() < MAX_MODELS) {
                models.put(name, new Listed(model.path("created").asLong(0), model.path("owned_by").asText("")));
            }
        }
        return models;
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    protected void doStart() {
        threads = executors.newCachedThreadPool(this, "model-lists");
    }

    @Override
    protected void doStop() throws IOException {
        executors.shutdownNow(threads);
        calls.close();
    }
}
