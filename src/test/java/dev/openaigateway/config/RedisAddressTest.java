package dev.openaigateway.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"", "cache:6379", "http://:hunter2@cache", "redis://:hunter2@a,b", "redis-cluster://a/1",
            "redis-sentinel://:hunter2@a", "redis://a?master=m",
            "redis://:hunter2@h:notaport", "redis://:hunter2@h:70000", "redis://:hunter2@h:0", "redis://:hunter%zz@h", "redis://", "redis://a b",
            "redis-cluster://:hunter2@a,,b"})
    void shouldRefuseOtherFormsWithoutQuotingThem(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> RedisAddress.parse(url))
                .withMessageStartingWith("must ").satisfies(error -> assertThat(error.getMessage()).doesNotContain("hunter"));
    }
}
