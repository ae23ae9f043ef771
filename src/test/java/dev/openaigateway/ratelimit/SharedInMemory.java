package dev.openaigateway.ratelimit;

import dev.openaigateway.redis.RedisBreaker;
import dev.openaigateway.redis.RedisPulse;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.RedisUnavailableException;
import dev.openaigateway.redis.SharedValues;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/** The connection of one gateway to shared windows in memory, in virtual time. It can be cut. */
final class SharedInMemory implements SharedWindows {

    private final MemoryWindowStore windows;
    private final Map<String, Long> beats;
    private final MutableClock clock;
    private boolean cut;
    private boolean settlesAreLost;
    private Runnable lateReply;

    SharedInMemory(MutableClock clock) {
        this(new MemoryWindowStore(clock), new HashMap<>(), clock);
    }

    private SharedInMemory(MemoryWindowStore windows, Map<String, Long> beats, MutableClock clock) {
        this.windows = windows;
        this.beats = beats;
        this.clock = clock;
    }

    /** The connection of another gateway to the same windows. */
    SharedInMemory other() {
        return new SharedInMemory(windows, beats, clock);
    }

    void cut(boolean now) {
        cut = now;
    }

    /** Whether settles meet silence while other calls get replies. */
    void loseSettles(boolean now) {
        settlesAreLost = now;
    }

    /** The reply to the next reservation comes after one timeout. */
    void delayOneReply() {
        lateReply = () -> { };
    }

    @Override
    public CompletionStage<RedisReply> reserveLater(List<Charge> charges) {
        if (cut) {
            return silence();
        }
        if (lateReply == null) {
            return CompletableFuture.completedStage(reply(charges));
        }
        CompletableFuture<RedisReply> late = new CompletableFuture<>();
        lateReply = () -> late.complete(reply(charges));
        return late;
    }

    private RedisReply reply(List<Charge> charges) {
        Decision decision = windows.reserve(charges);
        return new RedisReply(decision instanceof Decision.Admitted admitted ? new Decision.Admitted(
                admitted.bucket(), Decision.Location.SHARED, admitted.remaining(), admitted.resetMillis()) : decision, 0, clock.millis());
    }

    @Override
    public CompletionStage<Long> settleLater(List<Correction> corrections) {
        return cut || settlesAreLost ? silence() : windows.settle(Decision.Location.HERE, corrections).thenApply(done -> 0L);
    }

    @Override
    public CompletionStage<RedisPulse> beat(String gateway, long forgottenAfterMillis) {
        if (cut) {
            return silence();
        }
        boolean fresh = beats.put(gateway, clock.millis()) == null;
        beats.values().removeIf(at -> at <= clock.millis() - forgottenAfterMillis);
        return CompletableFuture.completedStage(new RedisPulse(beats.size(), clock.millis(), fresh));
    }

    private static <T> CompletionStage<T> silence() {
        return CompletableFuture.failedStage(RedisUnavailableException.because(new TimeoutException()));
    }

    @Override
    public <T> T await(CompletionStage<T> reply) {
        try {
            if (!reply.toCompletableFuture().isDone()) {
                lateReply.run();
                lateReply = null;
            }
            return reply.toCompletableFuture().join();
        } catch (RuntimeException failure) {
            throw RedisUnavailableException.because(failure);
        }
    }

    @Override
    public <T> T await(CompletionStage<T> reply, RedisTimeBudget budget) {
        if (reply.toCompletableFuture().isDone()) {
            return await(reply);
        }
        throw RedisUnavailableException.because(new TimeoutException());
    }

    @Override
    public <T> T awaitLonger(CompletionStage<T> reply) {
        return await(reply);
    }

    @Override
    public boolean allows(RedisTimeBudget budget) {
        return true;
    }

    @Override
    public Map<String, Long> used(List<String> scopes) {
        if (cut) {
            throw RedisUnavailableException.because(new TimeoutException());
        }
        return windows.used(scopes);
    }

    @Override
    public List<WindowReading> read(List<Charge> charges) {
        if (cut) {
            throw RedisUnavailableException.because(new TimeoutException());
        }
        return windows.read(charges);
    }

    @Override
    public SharedValues values(RedisBreaker breaker) {
        return null;
    }

    @Override
    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        windows.close();
    }
}
