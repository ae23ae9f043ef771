package dev.openaigateway.admin;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Someone guesses the admin token; three wrong ones are too many. */
@GatewayTest
class TokenGuessingTest {

    private final TestClock clock = new TestClock();
    private final TestGateway gateway = TestGateway.builder().clock(clock).variable("ADMIN_TOKEN", "t0ken")
            .settings("clients: { keys: [client-key], max_bad_keys: 3, block_seconds: 60, trusted_proxies: [127.0.0.1] }").start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void shouldBlockTheAddressForClientsToo() {
        guess(3, "203.0.113.1");

        HttpResponse<String> blocked = stats("t0ken", "203.0.113.1");
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.body()).contains("address_blocked");
        assertThat(models("203.0.113.1")).isEqualTo(403);
        assertThat(stats("t0ken", "203.0.113.2").statusCode()).as("another address").isEqualTo(200);

        clock.advance(Duration.ofSeconds(61));
        assertThat(stats("t0ken", "203.0.113.1").statusCode()).isEqualTo(200);
        assertThat(models("203.0.113.1")).isEqualTo(200);
    }

    @Test
    void shouldCountOnWhenAGoodKeyOfAClientComesBetween() {
        guess(2, "203.0.113.1");
        assertThat(models("203.0.113.1")).isEqualTo(200);
        guess(1, "203.0.113.1");

        assertThat(stats("t0ken", "203.0.113.1").statusCode()).isEqualTo(403);
    }

    @Test
    void shouldForgetGuessesAfterTheRightToken() {
        guess(2, "203.0.113.1");
        assertThat(stats("t0ken", "203.0.113.1").statusCode()).isEqualTo(200);
        guess(2, "203.0.113.1");

        assertThat(stats("t0ken", "203.0.113.1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotCountARequestWithoutAToken() {
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.get("/stats", "X-Forwarded-For", "203.0.113.1").statusCode()).isEqualTo(401);
        }

        assertThat(stats("t0ken", "203.0.113.1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldKnowWhoGuessesByTheLineThatTheProxyAdded() {
        // when
        try (RawClient client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 3; i++) {
                client.get("/stats", "X-Admin-Token: wrong-" + i, "X-Forwarded-For: 198.51.100." + i, "X-Forwarded-For: 203.0.113.1").response();
                client.get("/v1/models", "api-key: wrong-" + i, "X-Forwarded-For: 198.51.100." + i, "X-Forwarded-For: 203.0.113.3").response();
            }
        }
        // then
        assertThat(stats("t0ken", "203.0.113.1").statusCode()).isEqualTo(403);
        assertThat(models("203.0.113.3")).isEqualTo(403);
        assertThat(models("198.51.100.1")).isEqualTo(200);
    }

    private void guess(int times, String from) {
        for (int i = 0; i < times; i++) {
            assertThat(stats("wrong-" + i, from).statusCode()).isEqualTo(401);
        }
    }

    private HttpResponse<String> stats(String token, String from) {
        return gateway.get("/stats", "X-Admin-Token", token, "X-Forwarded-For", from);
    }

    private int models(String from) {
        return gateway.get("/v1/models", "api-key", "client-key", "X-Forwarded-For", from).statusCode();
    }
}
