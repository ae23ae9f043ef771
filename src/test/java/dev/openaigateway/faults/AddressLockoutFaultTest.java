package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that guess keys and forge their address. */
class AddressLockoutFaultTest extends TwoInstances {

    @Override
    String moreSettings() {
        return "clients: { keys: [right-key], max_bad_keys: 3, block_seconds: 60 }";
    }

    @Test
    void shouldBlockTheSocketsAddressDespiteForwardedHeaders() {
        for (int i = 0; i < 3; i++) {
            assertThat(status("api-key: wrong-" + i, "X-Forwarded-For: 203.0.113." + i)).isEqualTo(401);
        }

        assertThat(status("api-key: right-key", "X-Forwarded-For: 203.0.113.99")).isEqualTo(403);
        assertThat(requestsToFirst()).isZero();
    }

    @Test
    void shouldNotTakeAKeyFromTheQuery() {
        try (RawClient client = client().post(CHAT + "?api-key=right-key&Authorization=Bearer%20right-key", "{\"model\":\"gpt-4o\"}")) {
            assertThat(client.response().status()).isEqualTo(401);
        }
    }

    private int status(String... headers) {
        try (RawClient client = client().post(CHAT, "{\"model\":\"gpt-4o\"}", headers)) {
            return client.response().status();
        }
    }
}
