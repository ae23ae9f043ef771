package dev.openaigateway.tokens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.config.Config;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RedisAddressTest {

    @Test
    void shouldReadPlainAddress() {
        assertThat(RedisAddress.parse("redis://cache")).isEqualTo(new RedisAddress(RedisAddress.Kind.SINGLE, false,
                Optional.empty(), Optional.empty(), List.of("redis://cache:6379"), 0, null));
    }

    @Test
    void shouldReadUserPasswordAndDatabase() {
        assertThat(RedisAddress.parse("rediss://gate:p%40ss+@cache:6380/3")).isEqualTo(new RedisAddress(RedisAddress.Kind.SINGLE, true,
                Optional.of("gate"), Optional.of("p@ss+"), List.of("rediss://cache:6380"), 3, null));
        assertThat(RedisAddress.parse("redis://:secret@cache").password()).hasValue("secret");
        assertThat(RedisAddress.parse("redis://secret@cache").password()).hasValue("secret");
    }

    @Test
    void shouldReadSentinels() {
        assertThat(RedisAddress.parse("redis-sentinel://:secret@a,b:26380/2?master=gate")).isEqualTo(
                new RedisAddress(RedisAddress.Kind.SENTINEL, false, Optional.empty(), Optional.of("secret"),
                        List.of("redis://a:26379", "redis://b:26380"), 2, "gate"));
    }

    @Test
    void shouldReadCluster() {
        assertThat(RedisAddress.parse("rediss-cluster://a,b:7000").hosts()).containsExactly("rediss://a:6379", "rediss://b:7000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://h", "redis-sentinel://h?master=m", "redis-cluster://h"})
    void shouldNeverRepeatACommand(String url) {
        // when
        Config config = RedisAddress.parse(url).config(150);

        // then
        assertThat(config.isLazyInitialization()).isTrue();
        assertThat(config.isSingleConfig() ? config.useSingleServer().getRetryAttempts() : config.isClusterConfig()
                ? config.useClusterServers().getRetryAttempts() : config.useSentinelServers().getRetryAttempts()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cache:6379", "http://:hunter2@cache", "redis://:hunter2@a,b", "redis-cluster://a/1",
            "redis-sentinel://:hunter2@a", "redis://a?master=m"})
    void shouldRefuseOtherFormsWithoutRepeatingThem(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> RedisAddress.parse(url))
                .withMessageStartingWith("redis_url").satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter2"));
    }
}
