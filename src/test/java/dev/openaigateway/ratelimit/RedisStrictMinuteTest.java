package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.redis.RedisListener;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The minute during which both Redis and this gateway's own windows must have room. */
class RedisStrictMinuteTest extends LimitersOnRedis {

    private static final List<Charge> CHARGES = List.of(Charge.tokens("global", 600, LIMIT));

    private final MutableClock localClock = new MutableClock();
    private final MutableClock redisClock = new MutableClock();
    private RedisProcess redis;

    @BeforeEach
    void start() {
        redis = keep(RedisProcess.started());
    }

    @Test
    void shouldSettleTheCopyInTheBucketThatRedisCharged() {
        // given
        SharedWindowStore store = strict();
        redisClock.advance(2_000);
        Decision.Admitted admitted = (Decision.Admitted) store.reserve(CHARGES);

        // when
        store.settle(admitted.location(), List.of(new Correction("global", admitted.bucket(), -500)));

        // then
        assertThat(admitted.bucket()).isEqualTo(redisClock.millis() / 1000);
        assertThat(store.own().used(List.of("global"))).isEqualTo(Map.of("global", 100L));
    }

    @Test
    void shouldRemoveChargesFromTheCopyThatRedisRefused() {
        // given
        SharedWindowStore store = strict();
        keep(onRedis()).reserve(CHARGES);

        // when
        Decision decision = store.reserve(CHARGES);

        // then
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        assertThat(store.own().used(List.of("global"))).isEqualTo(Map.of("global", 0L));
    }

    /** Reads the clock of Redis once, at the start. */
    private SharedWindowStore strict() {
        SharedWindowStore store = keep(new SharedWindowStore(
                onRedis(), OnRedisFailure.LOCAL, RedisListener.NONE, localClock, Duration.ofHours(1), threads));
        store.breaker().beStrict();
        return store;
    }

    private RedisWindowStore onRedis() {
        return new RedisWindowStore(RedisAddress.parse(redis.url()), Duration.ofSeconds(3), Optional.of(redisClock));
    }
}
