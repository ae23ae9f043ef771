package dev.openaigateway.redis;

import com.sun.net.httpserver.HttpServer;
import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisClients;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Addresses that lead to no usable Redis: the message tells why. */
@ProcessTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedConnectionTest {

    private RedisProcess open;
    private RedisProcess locked;
    private RedisProcess full;
    private RedisClients held;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();

    @BeforeAll
    void startServers() {
        open = RedisProcess.started();
        locked = RedisProcess.started("--requirepass", "right", "--user", "reader", "on", ">s3cret", "~*", "+@read", "+@connection",
                "--user", "elsewhere", "on", ">s3cret", "~other*", "+@all", "--user", "nothing", "on", ">s3cret", "~*", "-@all");
        full = RedisProcess.started("--maxclients", "1");
        held = new RedisClients(full, 1);
    }

    @AfterAll
    void stopServers() throws IOException {
        held.close();
        for (Socket client : clients) {
            client.close();
        }
        full.close();
        open.close();
        locked.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "redis://:wr0ng@127.0.0.1:LOCKED         | it refused the user or the password (WRONGPASS)",
        "redis://127.0.0.1:LOCKED                | it requires a password (NOAUTH)",
        "redis://:n33dless@127.0.0.1:OPEN        | it has no password, but the address gives one (AUTH)",
        "redis://someone:n33dless@127.0.0.1:OPEN | it refused the user or the password (WRONGPASS)",
        "redis://nothing:s3cret@127.0.0.1:LOCKED | its user may not run the gateway's commands or use its keys (NOPERM)",
        "redis://:wr0ng@127.0.0.1:FULL           | it takes no more clients (maxclients)",
        "redis://127.0.0.1:FULL                  | it takes no more clients (maxclients)",
        "redis://127.0.0.1:OPEN/99               | it has no database of this number",
        "redis://127.0.0.1:1                     | nothing listens there",
        "redis://no-such-host.invalid:6379       | its host name is unknown",
        "redis-cluster://127.0.0.1:OPEN          | it is no cluster",
        "redis-sentinel://127.0.0.1:OPEN?master=m | it is no Sentinel"})
    void shouldTellWhyThereIsNoConnection(String url, String reason) {
        assertRefused(url.replace("LOCKED", "" + locked.port()).replace("FULL", "" + full.port()).replace("OPEN", "" + open.port()), reason);
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-ERR Client sent AUTH, but no password is set       | it has no password, but the address gives one (AUTH)",
        "-ERR invalid password                               | it refused the user or the password (invalid password)",
        "-LOADING Redis is loading the dataset in memory     | it responded with LOADING"})
    void shouldUnderstandOtherVersions(String reply, String reason) throws IOException {
        try (ServerSocket old = saying(reply, true)) {
            assertRefused("redis://:s3cret@127.0.0.1:" + old.getLocalPort(), reason);
        }
    }

    @Test
    void shouldTellThatItIsInProtectedMode() throws IOException {
        try (ServerSocket other = saying("-DENIED Redis is running in protected mode", false)) {
            assertRefused("redis://:s3cret@127.0.0.1:" + other.getLocalPort(), "it is in protected mode and refuses other hosts (DENIED)");
        }
    }

    /** A server that says one line to each connection: after the first command, or at once before it closes the connection. */
    private ServerSocket saying(String line, boolean afterCommand) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    clients.add(client);
                    if (afterCommand) {
                        client.getInputStream().read(new byte[512]);
                    }
                    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    if (!afterCommand) {
                        client.close();
                    }
                } catch (IOException closed) {
                    continue;
                }
            }
        }, "one-line-redis");
        serving.setDaemon(true);
        serving.start();
        return server;
    }

    @Test
    void shouldNameACommandThatTheUserMayNotRun() {
        assertReason("redis://reader:s3cret@127.0.0.1:" + locked.port(), "its user may not run the gateway's commands or use its keys (NOPERM)");
        assertReason("redis://elsewhere:s3cret@127.0.0.1:" + locked.port(), "its user may not run the gateway's commands or use its keys (NOPERM)");
    }

    /** A server that closes no connection and gives no answer is known only by the timeout. */
    private static void assertRefused(String url, String reason) {
        assertReason(url, "no connection: " + reason);
    }

    private static void assertReason(String url, String reason) {
        try (Redis redis = new Redis(RedisAddress.parse(url), Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> redis.await(redis.run("return {1}", List.of("key"), List.of()))).isInstanceOfSatisfying(RedisUnavailableException.class,
                    failure -> assertThat(redis.reason(failure)).isEqualTo(reason));
        }
    }
}
