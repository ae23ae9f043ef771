package dev.openaigateway.runtime;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.config.RateLimitSettings.OnRedisFailure;
import dev.openaigateway.config.Settings;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Load;
import dev.openaigateway.throttle.Throttle;
import dev.openaigateway.tokens.OnRedisAway;
import dev.openaigateway.tokens.RedisListener;
import dev.openaigateway.tokens.TokenLimiter;
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

/** The limiter that the settings call for: in memory, or on Redis. Another place in new settings replaces it, another policy does not. */
final class LimiterInForce extends ServiceSupport implements Load {

    private static final int SECONDS_BETWEEN_LOOKS = 5;
    private static final long FRESH_MILLIS = 1000;
    private static final long USELESS_MILLIS = 61_000;

    /** Where the windows are. In memory all places are one. */
    private record Place(String redisUrl, OnRedisFailure policy) {

        static Place of(RateLimitSettings settings) {
            boolean onRedis = settings.enabled() && !settings.redisUrl().isBlank();
            return onRedis ? new Place(settings.redisUrl().value(), settings.onRedisFailure()) : new Place("", null);
        }

        boolean isRedis() {
            return !redisUrl.isEmpty();
        }

        OnRedisAway whileAway() {
            return OnRedisAway.valueOf(policy.name());
        }
    }

    private record Reading(long millis, Map<String, Long> used) {
    }

    private final RedisListener listener;
    private final InstantSource clock;
    private final List<TokenLimiter> replaced = new CopyOnWriteArrayList<>();
    private final TokenizerTables tables = new TokenizerTables();
    private volatile Place place;
    private volatile TokenLimiter limiter;
    private volatile RedisWatch redis;
    private volatile List<String> scopes = List.of();
    private volatile Reading latest = new Reading(Long.MIN_VALUE / 2, Map.of());

    LimiterInForce(RedisListener listener, InstantSource clock) {
        this.listener = listener;
        this.redis = new RedisWatch(listener);
        this.clock = clock;
    }

    /** Reservations made before stay with the limiter they came from. */
    synchronized void apply(Settings settings) {
        tables.load(settings);
        scopes = settings.instances().stream().filter(instance -> instance.maxTpm() > 0)
                .map(instance -> Throttle.scope(instance.name())).toList();
        Place wanted = Place.of(settings.rateLimit());
        if (wanted.equals(place)) {
            return;
        }
        if (place != null && wanted.redisUrl().equals(place.redisUrl())) {
            limiter.whileRedisIsAway(wanted.whileAway());
        } else {
            replace(wanted);
        }
        place = wanted;
    }

    private void replace(Place wanted) {
        TokenLimiter before = limiter;
        RedisWatch watchBefore = redis;
        RedisWatch watch = new RedisWatch(listener);
        limiter = before == null ? first(wanted, watch) : moved(before, wanted, watch);
        redis = watch;
        watchBefore.retire();
        if (watchBefore.away() && wanted.isRedis() && !watch.away()) {
            listener.back();
        }
        if (before != null) {
            replaced.add(before);
            closeWhenUnused(before);
        }
    }

    private TokenLimiter first(Place wanted, RedisListener watch) {
        return wanted.isRedis()
                ? TokenLimiter.onRedis(wanted.redisUrl(), wanted.whileAway(), watch, clock) : TokenLimiter.inMemory(clock);
    }

    private TokenLimiter moved(TokenLimiter before, Place wanted, RedisListener watch) {
        return wanted.isRedis()
                ? before.movedToRedis(wanted.redisUrl(), wanted.whileAway(), watch, clock) : before.movedIntoMemory(clock);
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

    TokenLimiter limiter() {
        return limiter;
    }

    /** {@code ok}, or {@code away} while Redis does not answer; null where limits are kept in memory. */
    String redis() {
        return !place.isRedis() ? null : redis.away() ? "away" : "ok";
    }

    long open() {
        return sum(TokenLimiter::open);
    }

    long closedTwice() {
        return sum(TokenLimiter::closedTwice);
    }

    private long sum(ToLongFunction<TokenLimiter> figure) {
        return figure.applyAsLong(limiter) + replaced.stream().mapToLong(figure).sum();
    }

    /** Tokens of the last minute by the instance's name. */
    Map<String, Long> used(Collection<Instance> instances) {
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
        if (!place.isRedis()) {
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
