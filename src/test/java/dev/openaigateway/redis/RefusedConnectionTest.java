package dev.openaigateway.redis;

import com.sun.net.httpserver.HttpServer;
import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Addresses that lead to no usable Redis: the message tells why. */
@ProcessTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedConnectionTest {

    private RedisProcess open;
    private RedisProcess locked;

    @BeforeAll
    void startServers() {
        open = RedisProcess.started();
        locked = RedisProcess.started("--requirepass", "right");
    }

    @AfterAll
    void stopServers() {
        open.close();
        locked.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "redis://:wr0ng@127.0.0.1:LOCKED         | it refused the user or the password (WRONGPASS)",
        "redis://127.0.0.1:LOCKED                | it requires a password (NOAUTH)",
        "redis://127.0.0.1:OPEN/99               | it has no database of this number",
        "redis://127.0.0.1:1                     | nothing listens there",
        "redis://no-such-host.invalid:6379       | its host name is unknown",
        "redis-cluster://127.0.0.1:OPEN          | it is no cluster",
        "redis-sentinel://127.0.0.1:OPEN?master=m | it is no Sentinel"})
    void shouldTellWhyThereIsNoConnection(String url, String reason) {
        assertRefused(url.replace("LOCKED", "" + locked.port()).replace("OPEN", "" + open.port()), reason);
    }

    @Test
    void shouldTellThatAnotherServerListensThere() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.start();
        try {
            assertRefused("redis://127.0.0.1:" + other.getAddress().getPort(), "it does not speak the protocol of Redis");
        } finally {
            other.stop(0);
        }
    }

    /** A server that closes no connection and gives no answer is known only by the timeout. */
    private static void assertRefused(String url, String reason) {
        try (Redis redis = new Redis(RedisAddress.parse(url), Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> redis.await(redis.run("return {1}", List.of("key"), List.of())))
                    .isInstanceOf(RedisUnavailableException.class).hasMessage("no connection: " + reason);
        }
    }
}
