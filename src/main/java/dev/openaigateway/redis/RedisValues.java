package dev.openaigateway.redis;

import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The shared values on the Redis of the windows. While that is unavailable, nothing is read or written. Thread-safe. */
final class RedisValues implements SharedValues {

    private static final Logger LOG = LoggerFactory.getLogger(RedisValues.class);

    private final RedissonClient client;
    private final BooleanSupplier isUp;
    private final Function<CompletionStage<Map<String, String>>, Map<String, String>> await;
    private final Consumer<RedisUnavailableException> lost;

    /**
     * @param await waits for a reply, and throws {@link RedisUnavailableException} if it does not come in time
     * @param lost  learns that Redis may be unavailable
     */
    RedisValues(RedissonClient client, BooleanSupplier isUp, Function<CompletionStage<Map<String, String>>, Map<String, String>> await,
                Consumer<RedisUnavailableException> lost) {
        this.client = client;
        this.isUp = isUp;
        this.await = await;
        this.lost = lost;
    }

    @Override
    public Map<String, String> read(Collection<String> names) {
        if (!isUp.getAsBoolean()) {
            return Map.of();
        }
        try {
            return await.apply(client.getBuckets(StringCodec.INSTANCE).getAsync(names.toArray(String[]::new)));
        } catch (RedisUnavailableException failure) {
            lost.accept(failure);
            return Map.of();
        } catch (RuntimeException refused) {
            LOG.debug("Redis did not take a read", refused);
            return Map.of();
        }
    }

    @Override
    public void write(String value, Map<String, Duration> lifetimeByName, Predicate<String> mayReplace, BiConsumer<String, String> stays) {
        List<String> names = List.copyOf(lifetimeByName.keySet());
        send(() -> {
            RBatch batch = client.createBatch();
            names.forEach(name -> {
                batch.getBucket(name, StringCodec.INSTANCE).setIfAbsentAsync(value, lifetimeByName.get(name));
                batch.getBucket(name, StringCodec.INSTANCE).getAsync();
            });
            return batch.executeAsync().thenAccept(replies -> replace(value, lifetimeByName, held(names, replies.getResponses()), mayReplace, stays));
        });
    }

    /** The values under the names that had one before. */
    private static Map<String, String> held(List<String> names, List<?> replies) {
        Map<String, String> held = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!Boolean.TRUE.equals(replies.get(2 * i)) && replies.get(2 * i + 1) instanceof String text) {
                held.put(names.get(i), text);
            }
        }
        return held;
    }

    private void replace(String value, Map<String, Duration> lifetimeByName, Map<String, String> held, Predicate<String> mayReplace,
                         BiConsumer<String, String> stays) {
        Map<Boolean, List<String>> parts = held.keySet().stream().collect(Collectors.partitioningBy(name -> mayReplace.test(held.get(name))));
        parts.get(false).forEach(name -> stays.accept(name, held.get(name)));
        if (!parts.get(true).isEmpty()) {
            send(() -> {
                RBatch batch = client.createBatch();
                parts.get(true).forEach(name -> batch.getBucket(name, StringCodec.INSTANCE).setAsync(value, lifetimeByName.get(name)));
                return batch.executeAsync();
            });
        }
    }

    @Override
    public void remove(String name) {
        send(() -> client.getBucket(name, StringCodec.INSTANCE).deleteAsync());
    }

    private void send(Supplier<CompletionStage<?>> command) {
        if (!isUp.getAsBoolean()) {
            return;
        }
        try {
            command.get().whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.debug("Redis did not take a value", failure);
                }
            });
        } catch (RuntimeException refused) {
            LOG.debug("Redis did not take a value", refused);
        }
    }
}
