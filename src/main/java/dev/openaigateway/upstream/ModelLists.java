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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The models that upstreams list themselves, for instances that serve any model. A list is read again after five minutes. If it cannot
 * be read, the last one stays, and the first request that comes ten seconds later tries again. Concurrent requests share one call. Once
 * it has taken two seconds, requests get the last list until it ends. Thread-safe.
 */
public final class ModelLists extends ServiceSupport {

    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    /** Some clients wait three seconds for a list of models. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
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

    private record Reading(Map<String, Listed> models, boolean succeeded, Instant ended) {
    }

    /**
     * @param settings the instance's route key
     * @param last     the list before this reading; empty if there is none
     * @param until    how long requests wait for this reading, on the clock of {@link System#nanoTime}
     */
    private record Cached(String settings, CompletableFuture<Reading> reading, Map<String, Listed> last, long until) {

        boolean isUsable(Instance instance, Instant now) {
            return settings.equals(instance.routeKey()) && (!reading.isDone()
                    || now.isBefore(reading.join().ended().plus(reading.join().succeeded() ? MAX_AGE : RETRY_AFTER)));
        }

        Map<String, Listed> last(Instance instance) {
            return settings.equals(instance.routeKey()) && reading.isDone() ? reading.join().models() : Map.of();
        }

        Map<String, Listed> models() {
            try {
                return reading.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS).models();
            } catch (TimeoutException e) {
                return last;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return last;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
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
     * The models that enabled instances serve because they serve any, by name. Waits at most two seconds; a list that is still being
     * read then, or cannot be read, and was never read before, is left out.
     */
    public Map<String, Listed> models() {
        List<Instance> asked = instances.all().stream().filter(ModelLists::hasUnnamedModels).toList();
        List<Cached> lists = asked.stream().map(this::recent).toList();
        Map<String, Listed> models = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            InstanceSettings instance = asked.get(i).settings();
            lists.get(i).models().forEach((name, model) -> {
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

    private Cached recent(Instance instance) {
        return cache.compute(instance.name(), (name, known) -> {
            if (known != null && known.isUsable(instance, clock.instant())) {
                return known;
            }
            Map<String, Listed> last = known == null ? Map.of() : known.last(instance);
            return new Cached(instance.routeKey(), CompletableFuture.supplyAsync(() -> read(instance.settings(), last), threads), last,
                    System.nanoTime() + LONGEST_WAIT.toNanos());
        });
    }

    private Reading read(InstanceSettings instance, Map<String, Listed> last) {
        try {
            Optional<String> url = providers.of(instance).modelsUrl(instance);
            Duration within = instance.healthTimeout().compareTo(LONGEST_CALL) < 0 ? instance.healthTimeout() : LONGEST_CALL;
            return new Reading(url.isEmpty() ? Map.of() : calls.get(instance, url.get(), within, ModelLists::models), true, clock.instant());
        } catch (IOException | HttpException | RuntimeException e) {
            // A provider may throw any exception if it has no valid credentials.
            return new Reading(last, false, clock.instant());
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
