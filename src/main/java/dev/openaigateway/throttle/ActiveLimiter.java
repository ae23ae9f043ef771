package dev.openaigateway.throttle;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.ratelimit.RedisListener;
import dev.openaigateway.ratelimit.TokenLimiter;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Load;
import org.apache.camel.support.service.ServiceSupport;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * The limiter of the current settings, in memory or on Redis. A new Redis URL replaces it; a new {@code
 * on_redis_failure} does not.
 */
public final class ActiveLimiter extends ServiceSupport implements Load {

    private static final int SECONDS_BETWEEN_LOOKS = 5;
    private static final long FRESH_MILLIS = 1000;
    private static final long USELESS_MILLIS = 61_000;

    /** Where the windows are. In memory all places are one. */
    private record Backend(String redisUrl, OnRedisFailure policy) {

        static Backend of(RateLimitSettings settings) {
            boolean onRedis = settings.enabled() && !settings.redisUrl().isBlank();
            return onRedis ? new Backend(settings.redisUrl().value(), settings.onRedisFailure()) : new Backend("", null);
        }

        boolean isRedis() {
            return !redisUrl.isEmpty();
        }
    }

    private record Reading(long millis, Map<String, Long> used) {
    }

    private final RedisListener listener;
    private final InstantSource clock;
    private final List<TokenLimiter> replaced = new CopyOnWriteArrayList<>();
    private final TokenizerTables tables = new TokenizerTables();
    private volatile Backend backend;
    private volatile TokenLimiter limiter;
    private volatile RedisStatus redis;
    private volatile List<String> scopes = List.of();
    private volatile Reading latest = new Reading(Long.MIN_VALUE / 2, Map.of());

    public ActiveLimiter(RedisListener listener, InstantSource clock) {
        this.listener = listener;
        this.redis = new RedisStatus(listener);
        this.clock = clock;
    }

    /** Reservations made before stay with the limiter they came from. */
    public synchronized void apply(Settings settings) {
        tables.load(settings);
        scopes = settings.instances().stream().filter(instance -> instance.maxTpm() > 0)
                .map(instance -> Throttle.scope(instance.name())).toList();
        Backend wanted = Backend.of(settings.rateLimit());
        if (wanted.equals(backend)) {
            return;
        }
        if (backend != null && wanted.redisUrl().equals(backend.redisUrl())) {
            limiter.onRedisFailure(wanted.policy());
        } else {
            replace(wanted);
        }
        backend = wanted;
    }

    private void replace(Backend wanted) {
        TokenLimiter before = limiter;
        RedisStatus watchBefore = redis;
        RedisStatus watch = new RedisStatus(listener);
        limiter = before == null ? first(wanted, watch) : moved(before, wanted, watch);
        redis = watch;
        watchBefore.retire();
        if (watchBefore.unavailable() && wanted.isRedis() && !watch.unavailable()) {
            listener.back();
        }
        if (before != null) {
            replaced.add(before);
            closeWhenUnused(before);
        }
    }

    private TokenLimiter first(Backend wanted, RedisListener watch) {
        return wanted.isRedis()
                ? TokenLimiter.onRedis(wanted.redisUrl(), wanted.policy(), watch, clock) : TokenLimiter.inMemory(clock);
    }

    private TokenLimiter moved(TokenLimiter before, Backend wanted, RedisListener watch) {
        return wanted.isRedis()
                ? before.movedToRedis(wanted.redisUrl(), wanted.policy(), watch, clock) : before.movedIntoMemory(clock);
    }

    private void closeWhenUnused(TokenLimiter old) {
        CompletableFuture.delayedExecutor(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS).execute(() -> {
            if (old.open() > 0) {
                closeWhenUnused(old);
            } else if (replaced.remove(old)) {
                old.close();
            }
        });
    }

    public TokenLimiter limiter() {
        return limiter;
    }

    /** {@code ok}, or {@code away} while Redis does not answer; null where limits are kept in memory. */
    public String redis() {
        return !backend.isRedis() ? null : redis.unavailable() ? "away" : "ok";
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

    /** Tokens of the last minute by the instance's name. */
    public Map<String, Long> used(Collection<Instance> instances) {
        Map<String, Long> byScope = used(instances.stream().map(instance -> Throttle.scope(instance.name())).toList());
        Map<String, Long> byName = new HashMap<>();
        instances.forEach(instance -> byName.put(instance.name(), byScope.getOrDefault(Throttle.scope(instance.name()), 0L)));
        return byName;
    }

    /** Tokens of the last minute by scope. */
    Map<String, Long> used(List<String> scopes) {
        return limiter.used(scopes);
    }

    @Override
    public double share(Instance instance) {
        InstanceSettings settings = instance.settings();
        if (settings.maxTpm() == 0) {
            return 0;
        }
        String scope = Throttle.scope(instance.name());
        return Math.min(1, readings(scope).getOrDefault(scope, 0L) / (double) settings.maxTpm());
    }

    /** To choose by, a reading of Redis that is a second old will do; a newer one is fetched while requests go on with the last. */
    private Map<String, Long> readings(String scope) {
        if (!backend.isRedis()) {
            return limiter.used(List.of(scope));
        }
        long now = clock.millis();
        Reading last = latest;
        if (now - last.millis() >= FRESH_MILLIS) {
            boolean useless = now - last.millis() >= USELESS_MILLIS;
            latest = new Reading(now, useless ? Map.of() : last.used());
            CompletableFuture.runAsync(() -> latest = new Reading(now, limiter.used(scopes)));
        }
        return latest.used();
    }

    @Override
    protected synchronized void doStop() {
        replaced.forEach(TokenLimiter::close);
        replaced.clear();
        limiter.close();
    }
}
