package dev.openaigateway.redis;

import dev.openaigateway.config.RedisAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.config.Config;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class RedisClientConfigTest {

    @ParameterizedTest
    @ValueSource(strings = {"redis://h", "redis-sentinel://h?master=m", "redis-cluster://h"})
    void shouldNeverRepeatACommand(String url) {
        // when
        Config config = RedisClientConfig.of(RedisAddress.parse(url), Duration.ofMillis(150));

        // then
        assertThat(config.isLazyInitialization()).isTrue();
        assertThat(config.isSingleConfig() ? config.useSingleServer().getRetryAttempts() : config.isClusterConfig()
                ? config.useClusterServers().getRetryAttempts() : config.useSentinelServers().getRetryAttempts()).isZero();
    }
}
