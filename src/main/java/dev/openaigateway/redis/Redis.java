package dev.openaigateway.redis;

import dev.openaigateway.config.RedisAddress;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.options.OptionalOptions;
import org.redisson.client.codec.StringCodec;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The connection to one Redis, which may be several servers. Thread-safe. */
public final class Redis implements AutoCloseable {

    /** Maximum number of closed connections that a command may meet, if more are closed meanwhile. */
    private static final int MAX_UNSENT = 3;
    /**
     * After this time a reply is not awaited any more, and its connection is used again. Much longer than a request waits, so
     * that a process that was suspended first reads what has arrived.
     */
    private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(15);
    private static final long LONG_NANOS = Duration.ofMillis(500).toNanos();

    private final Redisson client;
    private final ConnectionPools pools;
    private final RScript scripts;
    private final ReplyWait wait;
    private final RedisGreeting greeting;
    private volatile long timeoutNanos;

    /**
     * Connects with the first command.
     *
     * @param timeout the longest wait for one reply
     */
    public Redis(RedisAddress address, Duration timeout) {
        this.client = (Redisson) Redisson.create(RedisClientConfig.of(address, timeout));
        this.pools = new ConnectionPools(client);
        this.scripts = client.getScript(OptionalOptions.defaults().codec(StringCodec.INSTANCE).timeout(REPLY_TIMEOUT));
        this.wait = new ReplyWait(client.getServiceManager().getGroup());
        this.greeting = new RedisGreeting(address.hosts());
        this.timeoutNanos = timeout.toNanos();
    }

    /** Changes the longest wait for one reply. */
    public void setTimeout(Duration timeout) {
        timeoutNanos = timeout.toNanos();
    }

    /** Runs a Lua script that returns integers. Does not throw: the stage completes with the failure. */
    public CompletionStage<List<Long>> run(String script, List<Object> keys, List<Object> arguments) {
        return run(script, keys, arguments, MAX_UNSENT);
    }

    /** A command that was not sent is repeated on another connection. */
    private CompletionStage<List<Long>> run(String script, List<Object> keys, List<Object> arguments, int repeats) {
        try {
            CompletionStage<List<Long>> reply = scripts.evalAsync(
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

    /** Whether a request may wait for a whole timeout. If it does so in vain, Redis may be lost. */
    public boolean allows(RedisTimeBudget budget) {
        return budget.leftOf(2 * timeoutNanos) >= timeoutNanos;
    }

    /**
     * Waits for a reply for at most one timeout.
     *
     * @throws RedisUnavailableException if the command failed, or its reply did not come
     */
    public <T> T await(CompletionStage<T> reply) {
        return await(reply, new RedisTimeBudget());
    }

    /** As {@link #await(CompletionStage)}, for at most half a second if that is longer than one timeout. */
    public <T> T awaitLonger(CompletionStage<T> reply) {
        return await(reply, Math.max(timeoutNanos, LONG_NANOS), new RedisTimeBudget());
    }

    /** As {@link #await(CompletionStage)}, and no longer than what the request has left. */
    public <T> T await(CompletionStage<T> reply, RedisTimeBudget budget) {
        return await(reply, Math.min(timeoutNanos, budget.leftOf(2 * timeoutNanos)), budget);
    }

    private <T> T await(CompletionStage<T> reply, long nanos, RedisTimeBudget budget) {
        try {
            return wait.await(reply.toCompletableFuture(), nanos, budget);
        } catch (ExecutionException | TimeoutException failure) {
            throw RedisUnavailableException.because(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RedisUnavailableException.because(interrupted);
        }
    }

    /** Why Redis is unavailable: what it says of the connection itself, if it refuses that, since the failure may not tell. */
    public String reason(RedisUnavailableException failure) {
        return failure.isReply() ? failure.getMessage() : greeting.refusal().map(refusal -> "no connection: " + refusal).orElseGet(failure::getMessage);
    }

    /**
     * The values on this Redis.
     *
     * @param isUp whether they may be read and written now
     * @param lost learns that Redis may be unavailable
     */
    public SharedValues values(BooleanSupplier isUp, Consumer<RedisUnavailableException> lost) {
        return new RedisValues(client, isUp, this::await, lost);
    }

    @Override
    public void close() {
        wait.close();
        client.shutdown(0, 2, TimeUnit.SECONDS);
    }
}
