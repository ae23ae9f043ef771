package dev.openaigateway.ratelimit;

import dev.openaigateway.config.RedisAddress;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * The windows shared by all gateways on one Redis. Each call runs {@code window.lua} once; concurrent reservations share a
 * run. A call blocks for at most the timeout, then throws {@link RedisUnavailableException}. Thread-safe.
 */
final class RedisWindowStore implements WindowStore {

    static final int TIMEOUT_MILLIS = 150;
    /** Maximum number of reservations per run, since Redis is blocked during a run. */
    private static final int MAX_GROUP = 64;
    /** Maximum number of closed connections that a command may meet, if more are closed meanwhile. */
    private static final int MAX_UNSENT = 3;
    private static final String WINDOW = LuaScript.read("window.lua");
    private static final String GATEWAYS = LuaScript.read("gateways.lua");
    private static final List<Object> GATEWAYS_KEY = List.of("{tpm}:gateways");

    private final RedissonClient client;
    private final ConnectionPools pools;
    private final int timeoutMillis;
    private final Optional<InstantSource> clock;
    private final GroupCommit<List<Charge>, RedisReply> reserves = new GroupCommit<>(this::reserveGroup, MAX_GROUP);

    RedisWindowStore(RedisAddress address) {
        this(address, TIMEOUT_MILLIS, Optional.empty());
    }

    /** @param clock used instead of the clock of Redis, if present */
    RedisWindowStore(RedisAddress address, int timeoutMillis, Optional<InstantSource> clock) {
        this.client = Redisson.create(RedisClientConfig.of(address, timeoutMillis));
        this.pools = new ConnectionPools(client);
        this.timeoutMillis = timeoutMillis;
        this.clock = clock;
    }

    @Override
    public Decision reserve(List<Charge> charges) {
        return reserve(charges, new RedisTimeBudget());
    }

    @Override
    public Decision reserve(List<Charge> charges, RedisTimeBudget budget) {
        long begin = System.nanoTime();
        try {
            return await(reserveLater(charges), budget.leftOf(timeoutNanos())).decision();
        } finally {
            budget.spend(System.nanoTime() - begin);
        }
    }

    CompletionStage<RedisReply> reserveLater(List<Charge> charges) {
        return reserves.submit(charges);
    }

    private CompletionStage<List<RedisReply>> reserveGroup(List<List<Charge>> requests) {
        List<String> scopes = requests.stream().flatMap(List::stream).map(Charge::scope).distinct().toList();
        List<Object> arguments = arguments("reserve");
        for (List<Charge> charges : requests) {
            arguments.add(charges.size());
            for (Charge charge : charges) {
                arguments.add(scopes.indexOf(charge.scope()) + 1);
                arguments.add(charge.amount());
                arguments.add(charge.limit());
            }
        }
        return run(WINDOW, keys(scopes), arguments).toCompletableFuture().orTimeout(2L * timeoutMillis, TimeUnit.MILLISECONDS)
                .thenApply(reply -> RedisReply.ofReserve(reply, requests));
    }

    @Override
    public CompletionStage<Void> settle(Decision.Location location, List<Correction> corrections) {
        return settleLater(corrections).thenApply(reply -> null);
    }

    /** Completes with the position among all script runs on the first window. Scopes may be repeated. */
    CompletionStage<Long> settleLater(List<Correction> corrections) {
        List<String> scopes = corrections.stream().map(Correction::scope).distinct().toList();
        List<Object> arguments = arguments("settle");
        for (Correction correction : corrections) {
            arguments.add(scopes.indexOf(correction.scope()) + 1);
            arguments.add(correction.bucket());
            arguments.add(correction.delta());
        }
        return run(WINDOW, keys(scopes), arguments).thenApply(reply -> reply.get(2));
    }

    @Override
    public Map<String, Long> used(List<String> scopes) {
        if (scopes.isEmpty()) {
            return Map.of();
        }
        List<Long> reply = await(run(WINDOW, keys(scopes), arguments("used")));
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
        List<Long> reply = charges.isEmpty() ? List.of() : await(run(WINDOW, keys(charges.stream().map(Charge::scope).toList()), arguments));
        return IntStream.range(0, charges.size()).mapToObj(i -> WindowReading.of(reply.get(2 + 2 * i), reply.get(3 + 2 * i))).toList();
    }

    /** Reports this gateway as running and reads the number of running gateways. */
    CompletionStage<Pulse> beat(String gateway, long forgottenAfterMillis) {
        return run(GATEWAYS, GATEWAYS_KEY, List.of(gateway, forgottenAfterMillis))
                .thenApply(reply -> new Pulse(Math.toIntExact(reply.get(0)),
                        clock.map(InstantSource::millis).orElse(reply.get(1)), reply.get(2) == 1));
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }

    /**
     * @param gateways number of gateways seen recently, including this one
     * @param now      the time by the clock used for charges, in milliseconds since 1970
     * @param fresh    whether Redis did not know this gateway before
     */
    record Pulse(int gateways, long now, boolean fresh) {
    }

    private CompletionStage<List<Long>> run(String script, List<Object> keys, List<Object> arguments) {
        return run(script, keys, arguments, MAX_UNSENT);
    }

    /** A command that was not sent is repeated on another connection. */
    private CompletionStage<List<Long>> run(String script, List<Object> keys, List<Object> arguments, int repeats) {
        try {
            CompletionStage<List<Long>> reply = client.getScript(StringCodec.INSTANCE).evalAsync(
                    RScript.Mode.READ_WRITE, script, RScript.ReturnType.MULTI, keys, arguments.toArray());
            return reply.exceptionallyCompose(failure -> {
                if (repeats == 0 || !ConnectionPools.isUnsent(failure)) {
                    return CompletableFuture.failedStage(failure);
                }
                pools.dropClosed();
                return run(script, keys, arguments, repeats - 1);
            });
        } catch (RuntimeException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private List<Object> arguments(String command) {
        List<Object> arguments = new ArrayList<>(12);
        arguments.addAll(Arrays.asList(command, clock.map(source -> Long.toString(source.millis())).orElse("")));
        return arguments;
    }

    private static List<Object> keys(List<String> scopes) {
        return scopes.stream().<Object>map(scope -> "{tpm}:w:" + scope).toList();
    }

    /** Values beside the windows, which are not used while the breaker is open. */
    SharedValues values(RedisBreaker breaker) {
        return new RedisValues(client, breaker::isUp, this::await, breaker::lost);
    }

    long timeoutNanos() {
        return TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    <T> T await(CompletionStage<T> reply) {
        return await(reply, timeoutNanos());
    }

    private static <T> T await(CompletionStage<T> reply, long nanos) {
        try {
            return reply.toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            reply.toCompletableFuture().cancel(false);
            throw RedisUnavailableException.because(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RedisUnavailableException.because(interrupted);
        }
    }
}
