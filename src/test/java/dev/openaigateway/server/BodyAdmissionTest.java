package dev.openaigateway.server;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose bodies are read, and where. {@code 100 Continue} is the gateway's word that it will read a body. */
@GatewayTest
class BodyAdmissionTest {

    private static final String CHUNK = "16E3600\r\n" + "x".repeat(100_000);
    private static TestGateway gateway;

    @BeforeAll
    static void startGateway() {
        gateway = TestGateway.start("""
                admin: { token: t0ken-of-admin, monitor_token: l00k-of-monitor }
                clients: { max_bad_keys: 3, keys: [ { name: app, key: key-one } ] }
                instances: [ { name: east, provider_type: generic, api_base: "http://127.0.0.1:9", supported_models: [gpt-4o], passthrough: [files] } ]
                """);
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    private static RawClient send(TestGateway to, String line, String... headers) {
        return RawClient.connect(to.port()).send(line + " HTTP/1.1\r\nHost: localhost\r\n" + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
    }

    private static int first(String line, String... headers) {
        String[] all = new String[headers.length + 3];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type: application/json";
        all[headers.length + 1] = "Content-Length: 10";
        all[headers.length + 2] = "Expect: 100-continue";
        try (RawClient client = send(gateway, line, all)) {
            return client.head().status();
        }
    }

    /** Otherwise anyone could fill the memory that the bodies of all clients share. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/live", "/health/ready", "/health/gpt-4o", "/metrics", "/config", "/stats", "/stats/usage", "/dashboard",
        "/dashboard/", "/dashboard/access", "/dashboard/app.js", "/admin/instances", "/v1/instances/status", "/v1/models"})
    void shouldReadNoBodyWhereNoneIsNeeded(String path) {
        for (String[] headers : new String[][] {{"Transfer-Encoding: chunked"}, {"Transfer-Encoding: chunked", "X-Admin-Token: t0ken-of-admin", "api-key: key-one"}}) {
            try (RawClient sending = send(gateway, "GET " + path, headers).send(CHUNK)) {
                RawResponse response = sending.response();
                assertThat(response.status()).as("before the body has ended: %s", response.text()).isNotEqualTo(408);
                assertThat(gateway.metric("gateway_memory_held_bytes", "X-Admin-Token", "t0ken-of-admin")).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /health, 200", "GET /dashboard/app.js, 200", "GET /v1/models, 401", "POST /v1/chat/completions, 401", "POST /config/validate, 401", "POST /health, 405",
        "POST /admin/route, 401", "POST /config/reload, 401", "PUT /admin/instances/east/config, 401", "POST /admin/clients/app/keys, 401", "POST /nowhere, 404"})
    void shouldNotAskStrangersForABody(String line, int status) {
        assertThat(first(line)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /config/validate", "POST /admin/route", "PUT /admin/instances/east/config", "POST /admin/clients/app/keys",
        "POST /admin/clients/app/keys/0123/rotate"})
    void shouldAskAdministratorsForTheBodiesThatAreRead(String line) {
        assertThat(first(line, "X-Admin-Token: t0ken-of-admin")).isEqualTo(100);
        assertThat(first(line, "X-Admin-Token: l00k-of-monitor")).isEqualTo(line.endsWith("/route") ? 100 : 403);
    }

    @Test
    void shouldAskClientsForTheBodiesThatAreRead() {
        assertThat(first("POST /v1/chat/completions", "api-key: key-one")).isEqualTo(100);
        assertThat(first("GET /v1/models", "api-key: key-one")).isEqualTo(200);
    }

    /** A client that gets "100 Continue" sends a body that may be large, only to be refused. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/v1/chat/completions | Content-Type: text/plain | 415", "/openai/deployments/gpt-4o/chat/completions | Content-Type: text/plain | 415",
        "/v1/embeddings/ | Content-Type: multipart/form-data; boundary=x | 415", "/v1/images/edits | Content-Type: text/plain | 415",
        "/v1/images/edits | Content-Type: multipart/form-data; boundary=x | 100", "/v1/chat/completions | Content-Encoding: sdch | 415",
        "/v1/chat/completions | Content-Encoding: gzip, gzip, gzip | 415", "/v1/files | Content-Encoding: sdch | 415", "/v1/chat/completions | Content-Encoding: gzip | 100",
        "/v1/chat/completions | Content-Encoding: identity | 100", "/v1/responses/resp_1/cancel | Content-Type: text/plain | 100", "/v1/files | Content-Type: text/plain | 100",
        "/v1/chat/completions | Content-Length: 999999999999 | 413", "/v1/chat/nowhere | Content-Type: text/plain | 404"})
    void shouldRefuseAtOnceWhatTheHeadAloneDecides(String path, String header, int status) {
        try (RawClient client = send(gateway, "POST " + path, "api-key: key-one", header, header.contains("-Length") ? "X: y" : "Content-Length: 10", "Expect: 100-continue")) {
            assertThat(client.head().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"POST /config/validate | Content-Type: text/plain | 415", "POST /admin/route | Content-Type: multipart/form-data; boundary=x | 415",
        "PUT /admin/instances/east/config | Content-Type: application/x-www-form-urlencoded | 415", "POST /admin/clients/app/keys | content-type: TEXT/plain;charset=utf-8 | 415",
        "POST /config/validate/ | Content-Encoding: sdch | 415", "POST /config/validate | Content-Type: text/yaml | 100", "POST /config/validate | Content-Type: made/up | 100",
        "POST /admin/route | X: no-type | 100"})
    void shouldRefuseAtOnceWhatAnAdministratorMayNotSend(String line, String header, int status) {
        try (RawClient client = send(gateway, line, "X-Admin-Token: t0ken-of-admin", header, "Content-Length: 10", "Expect: 100-continue")) {
            assertThat(client.head().status()).isEqualTo(status);
        }
    }

    /** A difference would tell each guess apart, in spite of the block. */
    @Test
    void shouldNotTellARightTokenFromAWrongOneWhileTheAddressIsBlocked() {
        try (TestGateway guessed = TestGateway.start("admin: { token: t0ken, monitor_token: l00k }\nclients: { max_bad_keys: 2 }")) {
            guessed.get("/admin/clients", "X-Admin-Token", "a");
            guessed.get("/admin/clients", "X-Admin-Token", "b");
            for (String line : new String[] {"POST /config/validate", "POST /admin/route", "PUT /admin/instances/demo-azure/config"}) {
                for (String token : new String[] {"wrong", "t0ken", "l00k"}) {
                    try (RawClient client = send(guessed, line, "X-Admin-Token: " + token, "Content-Type: text/yaml", "Content-Length: 10", "Expect: 100-continue")) {
                        RawResponse response = client.response();
                        assertThat(response.status()).as(token).isEqualTo(403);
                        assertThat(response.text()).contains("address_blocked");
                    }
                }
            }
        }
    }
}
