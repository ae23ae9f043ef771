package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.config.RedisAddress;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** The throttle: gives room to requests and takes it back. Safe for use by several threads. */
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

    /** Windows of this process alone. */
    public static TokenLimiter inMemory(InstantSource clock) {
        return new TokenLimiter(new MemoryWindowStore(clock));
    }

    /**
     * Windows that all gateways on one Redis share. Returns when the first word of Redis came or stayed away, within some
     * 2 s, and does not fail because of it.
     *
     * @param redisUrl as {@code redis://[[user]:password@]host[:port][/database]}, with {@code rediss} for TLS;
     *                 {@code redis-sentinel://host,host/database?master=name}; {@code redis-cluster://host,host}
     * @throws IllegalArgumentException if the URL has another form; the message does not repeat it
     */
    public static TokenLimiter onRedis(String redisUrl, OnRedisFailure policy, RedisListener listener, InstantSource clock) {
        return new TokenLimiter(new SharedWindowStore(
                new RedisWindowStore(RedisAddress.parse(redisUrl)), policy, listener, clock, HEARTBEAT));
    }

    /** The limiter that comes after this one: in memory, with what this gateway has charged here. */
    public TokenLimiter movedIntoMemory(InstantSource clock) {
        own.goBy(clock);
        return new TokenLimiter(own);
    }

    /**
     * The limiter that comes after this one: on another Redis, which for one window is not believed to know all that this
     * gateway has charged. Both go on with the same memory; what was reserved here is settled here.
     *
     * @see #onRedis
     */
    public TokenLimiter movedToRedis(String redisUrl, OnRedisFailure policy, RedisListener listener, InstantSource clock) {
        return new TokenLimiter(new SharedWindowStore(
                new RedisWindowStore(RedisAddress.parse(redisUrl)), policy, listener, clock, HEARTBEAT, Optional.of(own)));
    }

    /** What happens from now on while Redis is away; changes nothing where windows are kept in memory. */
    public void onRedisFailure(OnRedisFailure policy) {
        if (store instanceof SharedWindowStore shared) {
            shared.follow(policy);
        }
    }

    /**
     * Makes all charges or none, in one step.
     *
     * @param prompt  tokens of the prompt, kept in the reservation
     * @param charges each scope once; none where no limit applies
     */
    public Admission reserve(long prompt, List<Charge> charges) {
        return reserve(prompt, charges, new RedisTimeBudget());
    }

    /**
     * As {@link #reserve(long, List)}, for a request that asks for room more than once.
     *
     * @param budget the request's own; once it is spent, Redis is taken for lost
     */
    public Admission reserve(long prompt, List<Charge> charges, RedisTimeBudget budget) {
        Decision decision = charges.isEmpty() ? Decision.Admitted.UNCOUNTED : store.reserve(charges, budget);
        if (decision instanceof Decision.Admitted admitted) {
            open.increment();
            return new Reservation(this, prompt, charges, admitted);
        }
        return decision instanceof Decision.Refused refused
                ? new Admission.Refusal(refused.limit(), refused.remaining(), refused.waitMillis())
                : new Admission.Unavailable();
    }

    /** What each window holds now, such as an instance's tokens of the last minute. */
    public Map<String, Long> used(List<String> scopes) {
        return store.used(scopes);
    }

    /** Reservations that are neither settled nor given back. */
    public long open() {
        return open.sum();
    }

    /** Outcomes that came too late; anything but 0 is a mistake of a caller. */
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
