package dev.openaigateway.ratelimit;

import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.redis.GroupCommit;
import dev.openaigateway.redis.LuaScript;
import dev.openaigateway.redis.Redis;
import dev.openaigateway.redis.RedisBreaker;
import dev.openaigateway.redis.RedisPulse;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.RedisUnavailableException;
import dev.openaigateway.redis.SharedValues;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * The windows shared by all gateways on one Redis. Each call runs {@code window.lua} once; concurrent reservations share a
 * run. A call blocks for at most the timeout, then throws {@link RedisUnavailableException}. Thread-safe.
 */
final class RedisWindowStore implements SharedWindows {

    /** Maximum number of reservations per run, since Redis is blocked during a run. */
    private static final int MAX_GROUP = 64;
    private static final String WINDOW = LuaScript.read(RedisWindowStore.class, "window.lua");
    private static final String GATEWAYS = LuaScript.read(RedisWindowStore.class, "gateways.lua");
    private static final List<Object> GATEWAYS_KEY = List.of("{tpm}:gateways");

    private final Redis redis;
    private final Optional<InstantSource> clock;
    private final GroupCommit<List<Charge>, RedisReply> reserves = new GroupCommit<>(this::reserveGroup, MAX_GROUP);

    /** @param clock used instead of the clock of Redis, if present */
    RedisWindowStore(RedisAddress address, Duration timeout, Optional<InstantSource> clock) {
        this.redis = new Redis(address, timeout);
        this.clock = clock;
    }

    @Override
    public void setTimeout(Duration timeout) {
        redis.setTimeout(timeout);
    }

    @Override
    public CompletionStage<RedisReply> reserveLater(List<Charge> charges) {
        return reserves.submit(charges);
    }

    private CompletionStage<List<RedisReply>> reserveGroup(List<List<Charge>> requests) {
        GroupedCharges group = new GroupedCharges(requests);
        List<Object> arguments = arguments("reserve");
        group.addTo(arguments);
        return redis.run(WINDOW, keys(group.scopes()), arguments).thenApply(group::replies);
    }

    @Override
    public CompletionStage<Long> settleLater(List<Correction> corrections) {
        List<String> scopes = corrections.stream().map(Correction::scope).distinct().toList();
        List<Object> arguments = arguments("settle");
        for (Correction correction : corrections) {
            arguments.add(scopes.indexOf(correction.scope()) + 1);
            arguments.add(correction.bucket());
            arguments.add(correction.delta());
        }
        return redis.run(WINDOW, keys(scopes), arguments).thenApply(reply -> reply.get(2));
    }

    @Override
    public Map<String, Long> used(List<String> scopes) {
        if (scopes.isEmpty()) {
            return Map.of();
        }
        List<Long> reply = await(redis.run(WINDOW, keys(scopes), arguments("used")));
        Map<String, Long> used = new HashMap<>();
        for (int i = 0; i < scopes.size(); i++) {
            used.put(scopes.get(i), reply.get(2 + i));
        }
        return used;
    }

    @Override
    public List<WindowReading> read(List<Charge> charges) {
        List<Object> arguments = arguments("read");
        charges.forEach(charge -> arguments.addAll(List.of(charge.amount(), charge.limit())));
        List<Long> reply = charges.isEmpty() ? List.of() : await(redis.run(WINDOW, keys(charges.stream().map(Charge::scope).toList()), arguments));
        return IntStream.range(0, charges.size()).mapToObj(i -> WindowReading.of(reply.get(2 + 2 * i), reply.get(3 + 2 * i))).toList();
    }

    @Override
    public CompletionStage<RedisPulse> beat(String gateway, long forgottenAfterMillis) {
        return redis.run(GATEWAYS, GATEWAYS_KEY, List.of(gateway, forgottenAfterMillis))
                .thenApply(reply -> new RedisPulse(Math.toIntExact(reply.get(0)),
                        clock.map(InstantSource::millis).orElse(reply.get(1)), reply.get(2) == 1));
    }

    @Override
    public void close() {
        redis.close();
    }

    private List<Object> arguments(String command) {
        List<Object> arguments = new ArrayList<>(12);
        arguments.addAll(Arrays.asList(command, clock.map(source -> Long.toString(source.millis())).orElse("")));
        return arguments;
    }

    private static List<Object> keys(Collection<String> scopes) {
        return scopes.stream().<Object>map(scope -> "{tpm}:w:" + scope).toList();
    }

    @Override
    public SharedValues values(RedisBreaker breaker) {
        return redis.values(breaker::isUp, breaker::suspect);
    }

    @Override
    public boolean allows(RedisTimeBudget budget) {
        return redis.allows(budget);
    }

    @Override
    public String reason(RedisUnavailableException failure) {
        return redis.reason(failure);
    }

    @Override
    public <T> T awaitLonger(CompletionStage<T> reply) {
        return redis.awaitLonger(reply);
    }

    @Override
    public <T> T await(CompletionStage<T> reply, RedisTimeBudget budget) {
        return redis.await(reply, budget);
    }
}
