package dev.openaigateway.runtime;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Load;
import dev.openaigateway.throttle.Throttle;
import dev.openaigateway.tokens.OnRedisAway;
import dev.openaigateway.tokens.RedisListener;
import dev.openaigateway.tokens.TokenLimiter;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The limiter that the settings call for: in memory, or on Redis. Another place or policy in new settings replaces it. */
final class LimiterInForce implements Load, AutoCloseable {

    private record Place(String redisUrl, RateLimitSettings.OnRedisFailure policy) {
    }

    private final RedisListener listener;
    private final InstantSource clock;
    private Place place;
    private volatile TokenLimiter limiter;

    LimiterInForce(RedisListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** Reservations made before stay with the limiter they came from. */
    synchronized void apply(RateLimitSettings settings) {
        Place wanted = new Place(settings.redisUrl().value(), settings.onRedisFailure());
        if (wanted.equals(place)) {
            return;
        }
        TokenLimiter before = limiter;
        limiter = settings.redisUrl().isBlank() ? TokenLimiter.inMemory(clock)
                : TokenLimiter.onRedis(wanted.redisUrl(), OnRedisAway.valueOf(wanted.policy().name()), listener, clock);
        place = wanted;
        if (before != null) {
            before.close();
        }
    }

    TokenLimiter limiter() {
        return limiter;
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
        return Math.min(1, limiter.used(List.of(scope)).getOrDefault(scope, 0L) / (double) settings.maxTpm());
    }

    @Override
    public synchronized void close() {
        if (limiter != null) {
            limiter.close();
        }
    }
}
