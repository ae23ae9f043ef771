package dev.openaigateway.throttle;

import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.ratelimit.TokenLimiter;
import dev.openaigateway.ratelimit.WindowReading;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.redis.SharedValues;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The limiter of the active settings, in memory or on Redis. A new Redis URL replaces it; a new {@code on_redis_failure} or
 * {@code redis_timeout} is applied in place. A replaced limiter is closed after its last reservation. Thread-safe.
 */
public final class ActiveLimiter extends ServiceSupport {

    private static final int CLOSE_CHECK_SECONDS = 5;
    /** Redis serves no other request while it reads them. */
    private static final int WINDOWS_AT_ONCE = 500;

    private final RedisListener listener;
    private final InstantSource clock;
    private final ExecutorServiceManager executors;
    /** Two, so that a heartbeat is not late because another thread waits for Redis. */
    private final ScheduledExecutorService threads;
    private final List<TokenLimiter> replaced = new CopyOnWriteArrayList<>();
    private final TokenizerTables tables = new TokenizerTables();
    private volatile RateLimitSettings active;
    private volatile TokenLimiter limiter;
    private volatile RedisStatus redis;
    private final InstanceLoad load;

    public ActiveLimiter(RedisListener listener, InstantSource clock, ExecutorServiceManager executors) {
        this.listener = listener;
        this.redis = new RedisStatus(listener);
        this.clock = clock;
        this.executors = executors;
        this.threads = executors.newScheduledThreadPool(this, "limits", 2);
        this.load = new InstanceLoad(this, threads, clock);
    }

    /** Applies new settings. Open reservations stay with the limiter that made them. */
    public synchronized void apply(Settings settings) {
        tables.load(settings);
        load.apply(settings);
        RateLimitSettings wanted = settings.rateLimit();
        if (active != null && url(wanted).equals(url(active))) {
            limiter.apply(wanted);
        } else {
            replace(wanted);
        }
        active = wanted;
    }

    /** The Redis that keeps the windows; empty if they are in memory. */
    private static String url(RateLimitSettings settings) {
        return settings.enabled() && !settings.redisUrl().isBlank() ? settings.redisUrl().value() : "";
    }

    private static boolean isOnRedis(RateLimitSettings settings) {
        return !url(settings).isEmpty();
    }

    private void replace(RateLimitSettings wanted) {
        TokenLimiter before = limiter;
        RedisStatus statusBefore = redis;
        RedisStatus status = new RedisStatus(listener);
        limiter = before == null ? first(wanted, status) : moved(before, wanted, status);
        redis = status;
        statusBefore.retire();
        if (statusBefore.unavailable() && isOnRedis(wanted) && !status.unavailable()) {
            listener.back();
        }
        if (before != null) {
            replaced.add(before);
            closeWhenUnused(before);
        }
    }

    private TokenLimiter first(RateLimitSettings wanted, RedisListener status) {
        return isOnRedis(wanted)
                ? TokenLimiter.onRedis(wanted, status, clock, threads) : TokenLimiter.inMemory(clock);
    }

    private TokenLimiter moved(TokenLimiter before, RateLimitSettings wanted, RedisListener status) {
        return isOnRedis(wanted)
                ? before.movedToRedis(wanted, status, clock, threads) : before.movedIntoMemory(clock);
    }

    private void closeWhenUnused(TokenLimiter old) {
        threads.schedule(() -> {
            if (old.open() > 0) {
                closeWhenUnused(old);
            } else if (replaced.remove(old)) {
                old.close();
            }
        }, CLOSE_CHECK_SECONDS, TimeUnit.SECONDS);
    }

    public TokenLimiter limiter() {
        return limiter;
    }

    public RedisState redis() {
        return !isOnRedis(active) ? RedisState.NOT_USED : redis.unavailable() ? RedisState.UNAVAILABLE : RedisState.OK;
    }

    /** How much of the limits of instances is in use. */
    public InstanceLoad load() {
        return load;
    }

    /** The values that all gateways share on Redis; null if limits are kept in memory. */
    public SharedValues sharedValues() {
        return limiter.sharedValues();
    }

    public long open() {
        return sum(TokenLimiter::open);
    }

    public long closedTwice() {
        return sum(TokenLimiter::closedTwice);
    }

    private long sum(ToLongFunction<TokenLimiter> figure) {
        return figure.applyAsLong(limiter) + replaced.stream().mapToLong(figure).sum();
    }

    /** Tokens charged in the last minute, by scope. */
    Map<String, Long> used(List<String> scopes) {
        Map<String, Long> all = new HashMap<>();
        inParts(scopes, part -> all.putAll(limiter.used(part)));
        return all;
    }

    /** As {@link TokenLimiter#read}. */
    List<WindowReading> read(List<Charge> charges) {
        List<WindowReading> all = new ArrayList<>(charges.size());
        inParts(charges, part -> all.addAll(limiter.read(part)));
        return all;
    }

    private static <T> void inParts(List<T> windows, Consumer<List<T>> read) {
        for (int from = 0; from < windows.size(); from += WINDOWS_AT_ONCE) {
            read.accept(windows.subList(from, Math.min(windows.size(), from + WINDOWS_AT_ONCE)));
        }
    }

    /** Waits for the tables, and runs the script on Redis once, so that the first requests wait for neither. */
    @Override
    protected synchronized void doStart() {
        tables.await();
        if (isOnRedis(active)) {
            limiter.used(List.of(LimitScope.GATEWAY.key()));
        }
    }

    @Override
    protected synchronized void doStop() {
        replaced.forEach(TokenLimiter::close);
        replaced.clear();
        limiter.close();
        executors.shutdownNow(threads);
    }
}
