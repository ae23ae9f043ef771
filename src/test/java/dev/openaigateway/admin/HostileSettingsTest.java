package dev.openaigateway.admin;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings made to keep a check busy. A check in quadratic time would take longer than a client of the tests waits; one that
 * recurses for each character would end with a 500.
 */
@GatewayTest
class HostileSettingsTest {

    private static final int MANY = 60_000;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("instances: [ { name: one, provider_type: generic, api_key: k, api_base: \"http://127.0.0.1:1\" } ]");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "%41", ":", "1", "a,", "${a:-", "@", "aA"})
    void shouldCheckEveryTextInLinearTime(String piece) {
        String text = piece.repeat(MANY / piece.length());
        for (String value : new String[] {"http://x" + text + "x", "/" + text + "|"}) {
            String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            assertChecked(validate(("name: V\nhost: V\nbase_url: V\n? V\n: 1\nrouting: { strategy: V, timeout: V }\n").replace("V", quoted)));
            assertChecked(validate(("rate_limit: { redis_url: V, tpm: V }\nlogging: { level: V, file: V, feishu_webhook: V }\n"
                    + "clients: { header: V, trusted_proxies: V, allowed_hosts: V, request_timeout: V, keys: [ { name: V, key: V, models: V } ] }\n").replace("V", quoted)));
            // The name is that of another instance: a problem of each element of a list would repeat it.
            assertChecked(validate(("models: [ { name: V, target: V } ]\ninstances: [ { name: V }, { name: two, api_key: V, api_base: V, provider_type: V, health_path: V,"
                    + " api_version: V, deepseek_path: V, key_header: V, tokenizer: V, supported_models: V, tags: V, timeout: V, model_deployments: { m: V },"
                    + " targets: { m: { embeddings: { base_url: V, model: V } } } } ]\n").replace("V", quoted)));
        }
    }

    @ParameterizedTest
    @CsvSource({"[", "'{\"a\":'", "'[{\"a\":'"})
    void shouldRefuseDeepJson(String opening) {
        String deep = opening.repeat(50_000);
        String inMember = "{\"model\":\"m\",\"tags\":" + deep;
        for (String body : new String[] {deep, inMember, inMember + "1"}) {
            assertRefused(send("PUT", "/admin/instances/one/config", body));
            assertRefused(send("POST", "/admin/route", body));
            assertRefused(send("POST", "/config/validate", body));
        }
    }

    private static RawResponse validate(String yaml) {
        return send("POST", "/config/validate", yaml);
    }

    private static void assertChecked(RawResponse response) {
        assertThat(response.status()).as(response.text().substring(0, Math.min(300, response.text().length()))).isIn(200, 400);
    }

    private static void assertRefused(RawResponse response) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).startsWith("{\"error\":{");
    }

    private static RawResponse send(String method, String path, String body) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, body.getBytes(StandardCharsets.UTF_8)).response();
        }
    }
}
