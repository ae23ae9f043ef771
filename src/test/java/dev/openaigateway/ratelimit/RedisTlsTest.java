package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.SlowProxy;
import dev.openaigateway.support.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Redis over TLS, with a {@code rediss://} URL. */
class RedisTlsTest extends LimitersOnRedis {

    @TempDir
    private Path folder;
    private TestAuthority authority;
    private RedisProcess redis;

    @BeforeEach
    void start() {
        authority = new TestAuthority(folder);
        redis = keep(RedisProcess.started("--user", "default", "off", "--user", "gate", "on", ">p@ss+", "~*", "+@all"));
    }

    @AfterEach
    void restoreTrust() {
        TestAuthority.trustNoLonger();
    }

    @Test
    void shouldCountOverTlsWithUserAndDatabase() {
        // given
        authority.trust();
        SlowProxy tls = keep(new SlowProxy(authority.serverSocket("ip:127.0.0.1"), redis.port()));

        // when
        TokenLimiter limiter = limiter("rediss://gate:p%40ss+@127.0.0.1:" + tls.port() + "/3", OnRedisFailure.CLOSED);

        // then
        assertThat(reserve(limiter, 600)).isInstanceOf(Reservation.class);
        assertAdmits(limiter("redis://gate:p%40ss+@127.0.0.1:" + redis.port() + "/3", OnRedisFailure.CLOSED), LIMIT - 600);
        assertAdmits(limiter("redis://gate:p%40ss+@127.0.0.1:" + redis.port(), OnRedisFailure.CLOSED), LIMIT);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldRefuseAnUntrustedCertificate() {
        // given
        SlowProxy tls = keep(new SlowProxy(authority.serverSocket("ip:127.0.0.1"), redis.port()));

        // then
        assertIsUnavailable(tls);
    }

    @Test
    void shouldRefuseACertificateForAnotherHost() {
        // given
        authority.trust();
        SlowProxy tls = keep(new SlowProxy(authority.serverSocket("dns:other.example"), redis.port()));

        // then
        assertIsUnavailable(tls);
    }

    private void assertIsUnavailable(SlowProxy tls) {
        TokenLimiter limiter = limiter("rediss://gate:p%40ss+@127.0.0.1:" + tls.port(), OnRedisFailure.CLOSED);
        assertThat(reserve(limiter, 1)).isEqualTo(new Decision.Unavailable());
        assertThat(heard).hasSize(1).first().asString().startsWith("lost: no connection").doesNotContain("p@ss");
    }
}
