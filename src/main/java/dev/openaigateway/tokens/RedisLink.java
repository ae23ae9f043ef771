package dev.openaigateway.tokens;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The breaker in front of Redis. One failure opens it; then no request asks Redis any more, and what finds out whether
 * Redis is back is this gateway's own heartbeat, which also counts the gateways and reads the clock of Redis. Two good
 * beats in a row close it.
 */
final class RedisLink implements InstantSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long WINDOW_MILLIS = (WindowStore.SECONDS + 1) * 1000L;
    private static final int GOOD_BEATS = 2;

    private final RedisWindowStore redis;
    private final RedisListener listener;
    private final InstantSource clock;
    private final Duration interval;
    private final String gateway = UUID.randomUUID().toString();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(beat -> {
        Thread thread = new Thread(beat, "redis-heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean up = true;
    private volatile boolean known;
    private volatile int gateways = 1;
    private volatile long ahead;
    private volatile long strictUntil = Long.MIN_VALUE;
    private int goodBeats;

    RedisLink(RedisWindowStore redis, RedisListener listener, InstantSource clock, Duration interval) {
        this.redis = redis;
        this.listener = listener;
        this.clock = clock;
        this.interval = interval;
    }

    /** Returns after the first beat, so that the state is known before the first request. */
    void start() {
        beat();
        heart.scheduleWithFixedDelay(this::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isUp() {
        return up;
    }

    /** Whether Redis may know less than this gateway does: one window long after it came back or was found empty. */
    boolean isStrict() {
        return millis() < strictUntil;
    }

    /** Gateways seen of late, at least 1; not fewer than before while Redis may have forgotten some of them. */
    int gateways() {
        return gateways;
    }

    /** The clock of Redis, as far as this gateway knows it. */
    @Override
    public Instant instant() {
        return clock.instant().plusMillis(ahead);
    }

    synchronized void lost(RedisAway failure) {
        goodBeats = 0;
        if (up) {
            up = false;
            LOG.debug("Redis is away", failure.getCause());
            listener.lost(failure.getMessage());
        }
    }

    private void beat() {
        try {
            alive(redis.await(redis.beat(gateway, interval.toMillis() * 10)));
        } catch (RedisAway failure) {
            lost(failure);
        }
    }

    private synchronized void alive(RedisWindowStore.Pulse pulse) {
        ahead = pulse.now() - clock.millis();
        boolean back = !up && ++goodBeats >= GOOD_BEATS;
        if (back || known && pulse.fresh()) {
            strictUntil = millis() + WINDOW_MILLIS;
        }
        count(pulse.gateways());
        known = true;
        if (back) {
            up = true;
            listener.back();
        }
    }

    /** Whoever comes back first finds itself alone, and must not take for its own what the others still hold. */
    private void count(int seen) {
        gateways = up && !isStrict() ? Math.max(1, seen) : Math.max(gateways, seen);
    }

    @Override
    public void close() {
        heart.shutdownNow();
    }
}
