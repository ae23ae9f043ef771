package dev.openaigateway.ratelimit;

import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

@ProcessTest
class RedisWindowStoreTest extends WindowStoreContract {

    private static RedisProcess redis;
    private static RedisWindowStore store;
    private static volatile InstantSource current = InstantSource.system();

    @BeforeAll
    @BeforeContainer
    static void start() {
        redis = RedisProcess.started();
        store = new RedisWindowStore(RedisAddress.parse(redis.url()), Duration.ofSeconds(5), Optional.of(() -> current.instant()));
        store.beat("test", 1000).toCompletableFuture().join();
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        store.close();
        redis.close();
    }

    @Override
    WindowStore store() {
        redis.command("FLUSHALL");
        current = clock;
        return store;
    }

    @Test
    void shouldContinueAfterScriptFlush() {
        // given
        store().reserve(List.of(Charge.tokens("flush", 60, 100)));

        // when
        redis.command("SCRIPT FLUSH");

        // then
        assertThat(store.reserve(List.of(Charge.tokens("flush", 60, 100)))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void shouldReplaceKeyOfAnotherType() {
        // given
        store();
        redis.command("SET {tpm}:w:taken text");

        // then
        assertThat(store.reserve(List.of(Charge.tokens("taken", 60, 100)))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void shouldExpireWindowAfterItsLastCharge() {
        // when
        store().reserve(List.of(Charge.tokens("expiry", 60, 100)));

        // then
        assertThat(millisToLive("expiry")).isBetween(55_000, 63_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, -60})
    void shouldExpireWindowThatIsSettledAfterItsExpiry(long delta) {
        // given
        Decision.Admitted old = (Decision.Admitted) store().reserve(List.of(Charge.tokens("late", 60, 100)));
        redis.command("DEL {tpm}:w:late");

        // when
        store.settle(old.location(), List.of(new Correction("late", old.bucket(), delta))).toCompletableFuture().join();

        // then
        assertThat(store.used(List.of("late"))).containsEntry("late", Math.max(0, delta));
        assertThat(millisToLive("late")).isBetween(55_000, 63_000);
    }

    @Test
    void shouldExpireWindowThatIsChargedWhileTheClockIsBehind() {
        // given
        store().reserve(List.of(Charge.tokens("held", 60, 100)));
        redis.command("PEXPIRE {tpm}:w:held 5000");

        // when
        clock.advance(-30_000);
        store.reserve(List.of(Charge.tokens("held", 1, 100)));

        // then
        assertThat(millisToLive("held")).isBetween(55_000, 63_000);
    }

    @Test
    void shouldKeepNoMoreFieldsThanAWindowHasSeconds() {
        // given
        store();

        // when
        for (int second = 0; second < 200; second++) {
            Decision.Admitted admitted = (Decision.Admitted) store.reserve(List.of(Charge.tokens("flat", 2, 1000)));
            store.settle(admitted.location(), List.of(new Correction("flat", admitted.bucket(), -1))).toCompletableFuture().join();
            clock.advance(1000);
        }

        // then
        assertThat(redis.command("DBSIZE")).isEqualTo(":1");
        assertThat(redis.command("HLEN {tpm}:w:flat")).as("61 buckets and 4 other fields").isEqualTo(":65");
    }

    private static int millisToLive(String scope) {
        return Integer.parseInt(redis.command("PTTL {tpm}:w:" + scope).substring(1));
    }
}
