package dev.openaigateway.redis;

import dev.openaigateway.guard.PeriodicTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

/**
 * The circuit breaker in front of Redis. An error from Redis opens it, and silence does if a second look meets silence as well.
 * While it is open, requests do not call Redis. A heartbeat probes Redis, counts the gateways and reads the clock of Redis. Two
 * consecutive good beats close the breaker; the number doubles, up to 16, each time it opens again within a minute.
 * Thread-safe.
 */
public final class RedisBreaker implements InstantSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisBreaker.class);
    private static final int GOOD_BEATS = 2;
    private static final int MAX_GOOD_BEATS = 16;
    /** Number of missed beats after which a gateway is forgotten; every running gateway beats within that time. */
    private static final int BEATS_OF_ALL = 10;
    /**
     * Number of looks within ten seconds that may take longer than a timeout. They tell a pause of Redis or of its host from a
     * Redis that is always too slow.
     */
    private static final int LONG_LOOKS = 5;
    private static final long LONG_LOOKS_MILLIS = 10_000;

    private final RedisProbe redis;
    private final RedisListener listener;
    private final InstantSource clock;
    private final Duration interval;
    private final long strictMillis;
    private final String gateway = UUID.randomUUID().toString();
    private final ScheduledExecutorService threads;
    private ScheduledFuture<?> heartbeat;
    private Runnable afterBeat;
    private CompletableFuture<Void> look;
    private volatile boolean up = true;
    private volatile boolean registered;
    private volatile int gateways = 1;
    private volatile long clockOffset;
    private volatile long strictUntil = Long.MIN_VALUE;
    private long closedAt = Long.MIN_VALUE / 2;
    private long looksSince = Long.MIN_VALUE / 2;
    private int looks;
    private int consecutiveGoodBeats;
    private int beatsSinceUncertain;
    private int neededBeats = GOOD_BEATS;

    /**
     * @param interval of the heartbeat
     * @param strict   how long Redis may lack charges after it came back
     * @param threads  runs the heartbeat, and is not closed here
     */
    public RedisBreaker(RedisProbe redis, RedisListener listener, InstantSource clock, Duration interval, Duration strict,
            ScheduledExecutorService threads) {
        this.redis = redis;
        this.strictMillis = strict.toMillis();
        this.listener = listener;
        this.clock = clock;
        this.interval = interval;
        this.threads = threads;
    }

    /**
     * Starts the heartbeat. Called once. Returns after the first beat, so that the state is known before the first request.
     *
     * @param afterBeat called after a good beat, while the breaker is closed or before it closes; throws {@link RedisUnavailableException} if Redis
     *                  is not available after all
     */
    public void start(Runnable afterBeat) {
        this.afterBeat = afterBeat;
        beat();
        heartbeat = PeriodicTask.start(threads, "the heartbeat of Redis", interval, interval, this::beat);
    }

    public boolean isUp() {
        return up;
    }

    /** Whether Redis may lack charges of this gateway: for one window after it came back or was found empty. */
    public boolean isStrict() {
        return millis() < strictUntil;
    }

    /** For one window from now, assumes that Redis may lack charges of this gateway. */
    public synchronized void beStrict() {
        strictUntil = millis() + strictMillis;
    }

    /** Number of gateways seen recently, at least 1. Does not fall while Redis may have forgotten some of them. */
    public int gateways() {
        return gateways;
    }

    /** The clock of Redis, estimated from the latest beat. */
    @Override
    public Instant instant() {
        return clock.instant().plusMillis(clockOffset);
    }

    /**
     * Whether Redis is lost after a call failed. If the failure does not show it, takes a second look at Redis, which blocks for
     * at most one timeout, or half a second if that is longer and Redis is not always late. Callers share one look.
     */
    public boolean isLost(RedisUnavailableException failure) {
        if (failure.isReply() || !up) {
            lost(failure);
            return true;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other;
        synchronized (this) {
            other = look;
            look = other == null ? mine : other;
        }
        if (other != null) {
            other.join();
            return !up;
        }
        try {
            arrived(look());
        } catch (RedisUnavailableException silent) {
            lost(silent);
        } finally {
            synchronized (this) {
                look = null;
            }
            mine.complete(null);
        }
        return !up;
    }

    /** As {@link #isLost}, but does not wait for the second look. */
    public void suspect(RedisUnavailableException failure) {
        try {
            threads.execute(() -> isLost(failure));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("Redis is not looked at, because the gateway stops", stopped);
        }
    }

    /** Asks for the reason before it takes the lock, which requests need. */
    private void lost(RedisUnavailableException failure) {
        if (!(failure.getCause() instanceof InterruptedException)) {
            lost(failure, up ? redis.reason(failure) : failure.getMessage());
        }
    }

    private synchronized void lost(RedisUnavailableException failure, String reason) {
        consecutiveGoodBeats = 0;
        beatsSinceUncertain = 0;
        if (up) {
            up = false;
            neededBeats = clock.millis() - closedAt < strictMillis ? Math.min(MAX_GOOD_BEATS, 2 * neededBeats) : GOOD_BEATS;
            LOG.debug("Redis is unavailable", failure.getCause());
            listener.lost(reason);
        }
    }

    /** Takes one beat now, as the heartbeat does. */
    public void beat() {
        try {
            takeBeat();
        } catch (RedisUnavailableException failure) {
            isLost(failure);
        }
    }

    private void takeBeat() {
        arrived(pulse());
        if (isGoodEnough()) {
            afterBeat.run();
            closeBreaker();
        }
    }

    private RedisPulse pulse() {
        return redis.await(send());
    }

    private RedisPulse look() {
        boolean isLong;
        synchronized (this) {
            long now = clock.millis();
            if (now - looksSince > LONG_LOOKS_MILLIS) {
                looksSince = now;
                looks = 0;
            }
            isLong = looks++ < LONG_LOOKS;
        }
        return isLong ? redis.awaitLonger(send()) : redis.await(send());
    }

    private CompletionStage<RedisPulse> send() {
        return redis.beat(gateway, interval.toMillis() * BEATS_OF_ALL);
    }

    private synchronized void arrived(RedisPulse pulse) {
        clockOffset = pulse.now() - clock.millis();
        boolean forgotten = registered && pulse.fresh();
        if (forgotten) {
            beStrict();
        }
        beatsSinceUncertain = forgotten ? 0 : beatsSinceUncertain + 1;
        count(pulse.gateways());
        registered = true;
    }

    private synchronized boolean isGoodEnough() {
        consecutiveGoodBeats++;
        return up || consecutiveGoodBeats >= neededBeats;
    }

    private synchronized void closeBreaker() {
        if (!up) {
            beStrict();
            up = true;
            closedAt = clock.millis();
            listener.back();
        }
    }

    /** The first gateway that reconnects sees no others, but must not take the shares that the others still use. */
    private void count(int seen) {
        gateways = Math.max(beatsSinceUncertain > BEATS_OF_ALL ? 1 : gateways, seen);
    }

    @Override
    public void close() {
        heartbeat.cancel(true);
    }
}
