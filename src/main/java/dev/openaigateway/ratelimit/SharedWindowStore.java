package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.redis.RedisBreaker;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.RedisUnavailableException;
import dev.openaigateway.redis.SharedValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The windows on Redis, with a policy for the time while Redis is unavailable. This gateway's own charges are copied into
 * memory, so that the used part of its share is known when Redis is lost. No call waits for a silent Redis longer than one
 * timeout and one look. What was charged while it was unavailable is charged there when it is back. Thread-safe.
 */
final class SharedWindowStore implements WindowStore {

    private static final Logger LOG = LoggerFactory.getLogger(SharedWindowStore.class);
    /** The most windows that are charged, and that are read, in one call: about a millisecond of Redis. */
    private static final int MAX_CHARGED = 200;
    private static final int MAX_SEEN = 50;
    private static final long WINDOW_MILLIS = (SECONDS + 1) * 1000L;

    private final SharedWindows redis;
    private final RedisBreaker breaker;
    private final SharedDecisions decisions;
    private final CorrectionBatch batch;
    private final MemoryWindowStore copy;
    private final LocalShare share;
    private final SharedValues values;
    private volatile OnRedisFailure policy;

    SharedWindowStore(SharedWindows redis, OnRedisFailure policy, RedisListener listener, InstantSource clock, Duration beat,
            ScheduledExecutorService threads) {
        this(redis, policy, listener, clock, beat, threads, Optional.empty(), CorrectionBatch.DELAYED);
    }

    /**
     * @param threads runs the heartbeat, and is not closed here
     * @param moved   charges that this gateway made in a previous store, unknown to Redis
     * @param delayed runs a task after the time that corrections may wait
     */
    SharedWindowStore(SharedWindows redis, OnRedisFailure policy, RedisListener listener, InstantSource clock, Duration beat,
            ScheduledExecutorService threads, Optional<MemoryWindowStore> moved, Executor delayed) {
        this.redis = redis;
        this.policy = policy;
        this.breaker = new RedisBreaker(redis, listener, clock, beat, Duration.ofMillis(WINDOW_MILLIS), threads);
        this.decisions = new SharedDecisions(redis, breaker);
        this.batch = new CorrectionBatch(redis::settleLater, (lost, failure) -> {
            chargeLater(lost);
            breaker.suspect(RedisUnavailableException.because(failure));
        }, delayed);
        this.copy = moved.orElseGet(() -> new MemoryWindowStore(breaker));
        this.share = new LocalShare(copy);
        this.values = redis.values(breaker);
        breaker.start(this::synchronize);
        moved.ifPresent(own -> {
            own.useClock(breaker);
            breaker.beStrict();
        });
    }

    /** The windows with this gateway's own charges. */
    MemoryWindowStore own() {
        return copy;
    }

    void setTimeout(Duration timeout) {
        redis.setTimeout(timeout);
    }

    void setPolicy(OnRedisFailure other) {
        policy = other;
    }

    @Override
    public Decision reserve(List<Charge> charges, RedisTimeBudget budget) {
        if (!breaker.isUp()) {
            return reserveWithoutRedis(charges);
        }
        boolean both = policy != OnRedisFailure.OPEN && breaker.isStrict();
        return both ? reserveInBoth(charges, budget) : reserveShared(charges, budget);
    }

    private Decision reserveShared(List<Charge> charges, RedisTimeBudget budget) {
        RedisReply reply = decisions.of(charges, budget);
        if (reply == null) {
            return reserveWithoutRedis(charges);
        }
        if (reply.decision() instanceof Decision.Admitted admitted) {
            copy.copy(charges, admitted.bucket());
        }
        return seen(reply, charges);
    }

    private Decision seen(RedisReply reply, List<Charge> charges) {
        if (reply.decision() instanceof Decision.Admitted admitted) {
            share.see(charges, admitted.remaining(), reply.now());
        } else if (reply.decision() instanceof Decision.Refused refused) {
            share.see(List.of(refused.charge()), List.of(refused.remaining()), reply.now());
        }
        return reply.decision();
    }

    /** After a beat: charges on Redis what was charged without it, and sees what others have charged. */
    private void synchronize() {
        List<Correction> alone = share.takeCharged();
        for (int from = 0; from < alone.size(); from += MAX_CHARGED) {
            List<Correction> some = alone.subList(from, Math.min(alone.size(), from + MAX_CHARGED));
            try {
                redis.await(redis.settleLater(some));
            } catch (RedisUnavailableException failure) {
                share.putBack(alone.subList(from, alone.size()));
                throw failure;
            }
        }
        if (breaker.gateways() > 1) {
            share.see(redis.used(share.nextToSee(MAX_SEEN)));
        }
    }

    private Decision reserveWithoutRedis(List<Charge> charges) {
        return switch (policy) {
            case LOCAL -> share.reserve(charges, breaker.gateways());
            case CLOSED -> new Decision.Unavailable();
            case OPEN -> Decision.Admitted.UNCOUNTED;
        };
    }

    /** Redis may lack charges that this gateway knows, so its own share must have room as well. */
    private Decision reserveInBoth(List<Charge> charges, RedisTimeBudget budget) {
        Decision share = reserveShare(charges);
        if (!(share instanceof Decision.Admitted own)) {
            return share;
        }
        RedisReply reply = decisions.of(charges, budget);
        if (reply != null && reply.decision() instanceof Decision.Admitted shared) {
            moveOwn(shared, own, charges);
        } else {
            giveBackOwn(own, charges);
        }
        return reply == null ? reserveWithoutRedis(charges) : seen(reply, charges);
    }

    /** Moves the own charges to the bucket that Redis charged, to which later corrections refer. */
    private void moveOwn(Decision.Admitted shared, Decision.Admitted own, List<Charge> charges) {
        if (shared.bucket() != own.bucket()) {
            copy.copy(charges, shared.bucket());
            giveBackOwn(own, charges);
        }
    }

    private void giveBackOwn(Decision.Admitted own, List<Charge> charges) {
        copy.settle(own.location(), charges.stream()
                .map(charge -> new Correction(charge.scope(), own.bucket(), -charge.amount())).toList());
    }

    /** A charge that exceeds only the share is refused with a finite wait: it may fit when Redis is back. */
    private Decision reserveShare(List<Charge> charges) {
        if (charges.stream().anyMatch(Charge::canNeverFit)) {
            return copy.reserve(charges);
        }
        int gateways = breaker.gateways();
        List<Charge> shares = charges.stream().map(charge -> charge.withLimit(charge.limit() / gateways)).toList();
        Decision decision = copy.reserve(shares);
        if (decision instanceof Decision.Refused refused) {
            Charge whole = charges.get(shares.indexOf(refused.charge()));
            return new Decision.Refused(whole, refused.remaining(),
                    OptionalLong.of(refused.waitMillis().orElse(WINDOW_MILLIS)));
        }
        return decision;
    }

    @Override
    public CompletionStage<Void> settle(Decision.Location location, List<Correction> corrections) {
        CompletionStage<Void> own = copy.settle(location, corrections);
        if (location == Decision.Location.SHARED && breaker.isUp()) {
            return batch.add(corrections);
        }
        chargeLater(corrections);
        return own;
    }

    /** What was used beyond a reservation counts as charged alone, so that Redis gets it later. */
    private void chargeLater(List<Correction> corrections) {
        share.putBack(corrections.stream().filter(correction -> correction.delta() > 0).toList());
    }

    /** While Redis is unavailable, only this gateway's own use. */
    @Override
    public Map<String, Long> used(List<String> scopes) {
        if (breaker.isUp()) {
            try {
                return redis.used(scopes);
            } catch (RedisUnavailableException failure) {
                breaker.suspect(failure);
            }
        }
        return copy.used(scopes);
    }

    /** While Redis is unavailable, only this gateway's own use. */
    @Override
    public List<WindowReading> read(List<Charge> charges) {
        if (breaker.isUp()) {
            try {
                return redis.read(charges);
            } catch (RedisUnavailableException failure) {
                breaker.suspect(failure);
            }
        }
        return copy.read(charges);
    }

    SharedValues values() {
        return values;
    }

    RedisBreaker breaker() {
        return breaker;
    }

    @Override
    public void close() {
        breaker.close();
        try {
            redis.await(batch.close());
        } catch (RedisUnavailableException tooLate) {
            LOG.debug("The last corrections were lost", tooLate);
        }
        redis.close();
    }
}
