package dev.openaigateway.tokens;

import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.support.RedisProcess;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RedisWindowStoreTest extends WindowStoreContract {

    private static RedisProcess redis;
    private static RedisWindowStore store;
    private static volatile InstantSource current = InstantSource.system();

    @BeforeAll
    @BeforeContainer
    static void start() {
        redis = RedisProcess.started();
        store = new RedisWindowStore(RedisAddress.parse(redis.url()), 5000, Optional.of(() -> current.instant()));
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
    void shouldGoOnAfterScriptFlush_R05() {
        // given
        store().reserve(List.of(Charge.tokens("flush", 60, 100)));

        // when
        redis.command("SCRIPT FLUSH");

        // then
        assertThat(store.reserve(List.of(Charge.tokens("flush", 60, 100)))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void shouldReplaceKeyOfAnotherType_R11() {
        // given
        store();
        redis.command("SET {tpm}:w:taken text");

        // then
        assertThat(store.reserve(List.of(Charge.tokens("taken", 60, 100)))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void shouldLetWindowExpireAfterItsLastCharge() {
        // when
        store().reserve(List.of(Charge.tokens("expiry", 60, 100)));

        // then
        assertThat(Integer.parseInt(redis.command("PTTL {tpm}:w:expiry").substring(1))).isBetween(55_000, 63_000);
    }
}
