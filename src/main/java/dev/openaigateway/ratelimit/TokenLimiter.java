package dev.openaigateway.ratelimit;

import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.SharedValues;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;

/** Reserves tokens and requests within limits per 60 seconds. Thread-safe. */
public final class TokenLimiter implements AutoCloseable {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final WindowStore store;
    private final MemoryWindowStore own;
    private final LongAdder open = new LongAdder();
    private final LongAdder closedTwice = new LongAdder();

    private TokenLimiter(MemoryWindowStore store) {
        this.store = store;
        this.own = store;
    }

    TokenLimiter(SharedWindowStore store) {
        this.store = store;
        this.own = store.own();
    }

    /** A limiter with windows in the memory of this process. */
    public static TokenLimiter inMemory(InstantSource clock) {
        return new TokenLimiter(new MemoryWindowStore(clock));
    }

    /**
     * A limiter with windows shared by all gateways on one Redis. Blocks until Redis has replied or failed for the first
     * time, about 2 s at most. Does not throw if Redis is unavailable.
     *
     * @param settings name the Redis, as {@code redis://[[user]:password@]host[:port][/database]}, with {@code rediss} for TLS;
     *                 {@code redis-sentinel://host,host/database?master=name}; {@code redis-cluster://host,host}
     * @param threads  runs the heartbeat; the limiter does not close it
     * @throws IllegalArgumentException if the URL has another form; the message does not contain the URL
     */
    public static TokenLimiter onRedis(RateLimitSettings settings, RedisListener listener, InstantSource clock,
            ScheduledExecutorService threads) {
        return onRedis(settings, listener, clock, threads, Optional.empty());
    }

    private static TokenLimiter onRedis(RateLimitSettings settings, RedisListener listener, InstantSource clock,
            ScheduledExecutorService threads, Optional<MemoryWindowStore> moved) {
        RedisWindowStore redis = new RedisWindowStore(RedisAddress.parse(settings.redisUrl().value()), settings.redisTimeout(), Optional.empty());
        return new TokenLimiter(new SharedWindowStore(redis, settings.onRedisFailure(), listener, clock, HEARTBEAT, threads, moved,
                CorrectionBatch.DELAYED));
    }

    /** Returns a limiter that replaces this one, in memory, with this gateway's own charges. */
    public TokenLimiter movedIntoMemory(InstantSource clock) {
        own.useClock(clock);
        return new TokenLimiter(own);
    }

    /**
     * Returns a limiter that replaces this one, on another Redis. For one window this gateway's own share must have room as
     * well, since that Redis does not know its charges. Both limiters share the memory of own charges; reservations of this limiter
     * are still settled here.
     *
     * @see #onRedis
     */
    public TokenLimiter movedToRedis(RateLimitSettings settings, RedisListener listener, InstantSource clock,
            ScheduledExecutorService threads) {
        return onRedis(settings, listener, clock, threads, Optional.of(own));
    }

    /**
     * Sets the timeout of Redis, and the policy for the time while it is unavailable. Has no effect on a limiter in memory.
     */
    public void apply(RateLimitSettings settings) {
        if (store instanceof SharedWindowStore shared) {
            shared.setPolicy(settings.onRedisFailure());
            shared.setTimeout(settings.redisTimeout());
        }
    }

    /**
     * Makes all charges or none, atomically.
     *
     * @param prompt  tokens of the prompt, kept in the reservation
     * @param charges at most one per scope; empty if no limit applies
     */
    public Admission reserve(long prompt, List<Charge> charges) {
        return reserve(prompt, charges, new RedisTimeBudget());
    }

    /**
     * As {@link #reserve(long, List)}, for a request that reserves more than once.
     *
     * @param budget the request's time budget; once it is spent, Redis counts as unavailable
     */
    public Admission reserve(long prompt, List<Charge> charges, RedisTimeBudget budget) {
        Decision decision = charges.isEmpty() ? Decision.Admitted.UNCOUNTED : store.reserve(charges, budget);
        if (decision instanceof Decision.Admitted admitted) {
            open.increment();
            return new Reservation(this, prompt, charges, admitted);
        }
        return (Admission) decision;
    }

    /** The current sum of each window, such as an instance's tokens of the last minute; 0 for an unknown scope. */
    public Map<String, Long> used(List<String> scopes) {
        return store.used(scopes);
    }

    /** Reads the window of each charge, in their order, and when the charge alone would fit. Charges nothing. Each scope may occur once. */
    public List<WindowReading> read(List<Charge> charges) {
        return store.read(charges);
    }

    /** The values beside the windows on Redis; null if the windows are in memory. */
    public SharedValues sharedValues() {
        return store instanceof SharedWindowStore shared ? shared.values() : null;
    }

    /** Number of reservations that are not closed. */
    public long open() {
        return open.sum();
    }

    /** Number of attempts to close a closed reservation; anything but 0 is a bug in a caller. */
    public long closedTwice() {
        return closedTwice.sum();
    }

    @Override
    public void close() {
        store.close();
    }

    void correct(Decision.Location location, List<Correction> corrections) {
        List<Correction> real = corrections.stream().filter(correction -> correction.delta() != 0).toList();
        if (!real.isEmpty() && location != Decision.Location.NOWHERE) {
            store.settle(location, real);
        }
    }

    void closed(boolean first) {
        if (first) {
            open.decrement();
        } else {
            closedTwice.increment();
        }
    }
}
