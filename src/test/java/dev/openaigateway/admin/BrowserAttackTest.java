package dev.openaigateway.admin;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Web pages that use the browser of this machine to reach the gateway, and proxies on this machine. */
@GatewayTest
class BrowserAttackTest {

    private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[]}";
    private static TestGateway open;
    private static TestGateway guarded;

    @BeforeAll
    static void startGateways() {
        open = TestGateway.start("clients: { allowed_hosts: [gateway.example, \"[fe80::1]\"] }\nbase_url: https://llm.example/gateway");
        guarded = TestGateway.start("clients: { keys: [key-one], max_bad_keys: 0 }");
    }

    @AfterAll
    static void stopGateways() {
        open.close();
        guarded.close();
    }

    @ParameterizedTest
    @CsvSource({"POST, /config/reload", "POST, /admin/instances/demo-azure/reset", "PUT, /admin/instances/demo-azure/config", "POST, /config/validate",
        "GET, /stats", "GET, /config", "POST, /admin/route"})
    void shouldRefuseAPageOfAnotherOrigin(String method, String path) {
        for (String origin : new String[] {"https://evil.example", "null", "http://localhost:1"}) {
            RawResponse response = send(open, method, path, "{}", "Host: localhost:" + open.port(), "Origin: " + origin);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).contains("\"code\":\"foreign_origin\"");
        }
    }

    @Test
    void shouldServeAPageOfItsOwn() {
        String[] own = {"Host: localhost:" + open.port(), "Origin: http://localhost:" + open.port()};

        assertThat(send(open, "POST", "/config/reload", "", own).status()).isEqualTo(200);
        assertThat(send(open, "GET", "/stats", "", own).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "Text/Plain;charset=UTF-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void shouldRefuseWhatAFormCanSend(String type) {
        for (String path : new String[] {"/config/reload", "/config/validate", "/admin/instances/demo-azure/reset"}) {
            RawResponse response = send(open, "POST", path, "instances: []", "Host: localhost", "Content-Type: " + type);
            assertThat(response.status()).isEqualTo(415);
            assertThat(response.text()).contains("application/json or text/yaml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:3010", "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1", "[fe80::2]"})
    void shouldRefuseAForeignHostWithoutKeys(String host) {
        for (String path : new String[] {"/v1/chat/completions", "/chat/completions", "/openai/deployments/gpt-4o/chat/completions"}) {
            RawResponse response = send(open, "POST", path, CHAT, "Host: " + host);
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.text()).contains("\"code\":\"foreign_host\"", "clients.allowed_hosts");
        }
        assertThat(send(open, "GET", "/v1/models", "", "Host: " + host).status()).isEqualTo(403);
        assertThat(send(guarded, "POST", "/v1/chat/completions", CHAT, "Host: " + host, "api-key: key-one").status()).as("with a key").isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:3010", "127.0.0.1:1", "127.1.2.3", "[::1]:80", "app.localhost", "gateway.example:443", "llm.example", "[fe80::1]"})
    void shouldServeHostsOfThisMachineAndAllowedOnes(String host) {
        assertThat(send(open, "POST", "/v1/chat/completions", CHAT, "Host: " + host).status()).isEqualTo(200);
    }

    /** Browsers send forms and plain text to any address without asking first. */
    @Test
    void shouldSendNothingOnForAPageOfAnotherOriginWithoutKeys() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway open = TestGateway.start("""
                     cors: { allowed_origins: ["https://app.example"] }
                     base_url: https://llm.example/gateway
                     instances: [ { name: east, provider_type: generic, api_base: "%s", passthrough: ["*"] } ]
                     """.formatted(upstream.uri()))) {
            String form = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-4o\r\n--b--\r\n";
            for (String origin : new String[] {"https://evil.example", "null", "http://localhost.evil.example", "https://app.example.evil.example", "http://127.0.0.1.evil.example:80"}) {
                for (String[] request : new String[][] {{"/v1/images/edits", form, "multipart/form-data; boundary=b"}, {"/v1/files", form, "multipart/form-data; boundary=b"},
                    {"/v1/batches", CHAT, "text/plain"}, {"/batches", CHAT, "text/plain"}, {"/v1/chat/completions", CHAT, "application/json"}}) {
                    RawResponse response = send(open, "POST", request[0], request[1], "Host: localhost:" + open.port(), "Origin: " + origin, "Content-Type: " + request[2]);
                    assertThat(response.status()).as(request[0]).isEqualTo(403);
                    assertThat(response.text()).contains("\"code\":\"foreign_origin\"", "cors.allowed_origins");
                }
            }
            assertThat(upstream.requests()).isEmpty();

            for (String origin : new String[] {"https://app.example", "https://llm.example", "http://localhost:" + open.port(), "http://127.0.0.1:3000", "http://[::1]:8080",
                "http://tauri.localhost", "app://obsidian.md", "chrome-extension://abcdef", "vscode-webview://1b2c", "file://"}) {
                assertThat(send(open, "POST", "/v1/chat/completions", CHAT, "Host: localhost:" + open.port(), "Origin: " + origin).status()).as(origin).isEqualTo(200);
            }
        }
    }

    /** Browsers send no origin with the GET of an image, a frame or a page, but tell how the sites relate. */
    @Test
    void shouldCallNoInstanceForWhatAPageOfAnotherSiteEmbeds() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway open = TestGateway.start(passing(upstream, "clients: { max_bad_keys: 0 }"));
             TestGateway guarded = TestGateway.start(passing(upstream, "clients: { keys: [key-one] }"));
             TestGateway everyone = TestGateway.start(passing(upstream, "cors: { allowed_origins: ['*'] }"))) {
            String[][] foreign = {{"Origin: https://evil.example"}, {"Origin: null"}, {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"},
                {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}};
            for (String[] page : foreign) {
                assertThat(send(open, "GET", "/health/gpt-4o", "", page).text()).as(page[0]).contains("\"code\":\"foreign_origin\"", "cors.allowed_origins");
                assertThat(send(guarded, "GET", "/health/gpt-4o", "", page).status()).as(page[0]).isEqualTo(403);
                assertThat(send(open, "GET", "/v1/files", "", page).status()).as(page[0]).isEqualTo(403);
                assertThat(send(open, "GET", "/admin/route?model=gpt-4o", "", page).text()).as(page[0]).contains("\"code\":\"foreign_origin\"");
            }
            assertThat(send(open, "GET", "/health/gpt-4o", "", "Host: evil.example").text()).contains("\"code\":\"foreign_host\"");
            assertThat(upstream.requests()).isEmpty();

            String[][] served = {{}, {"Sec-Fetch-Site: none"}, {"Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"}, {"Sec-Fetch-Mode: cors"},
                {"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-User: ?1"}, {"Origin: http://localhost:3000"}};
            for (String[] page : served) {
                assertThat(send(open, "GET", "/health/gpt-4o", "", page).status()).isEqualTo(200);
                assertThat(send(guarded, "GET", "/health/gpt-4o", "", page).status()).isEqualTo(200);
            }
            assertThat(send(guarded, "GET", "/health/gpt-4o", "", "Host: gateway.example").status()).as("behind a proxy").isEqualTo(200);
            assertThat(send(everyone, "GET", "/health/gpt-4o", "", foreign[2]).status()).isEqualTo(200);
        }
    }

    private static String passing(ScriptedUpstream upstream, String settings) {
        return settings + "\ninstances: [ { name: east, provider_type: generic, api_base: \"%s\", supported_models: [gpt-4o], passthrough: [\"*\"] } ]"
                .formatted(upstream.uri());
    }

    @Test
    void shouldServeAPageOfAnotherOriginThatHasAKey() {
        assertThat(send(guarded, "POST", "/v1/chat/completions", CHAT, "Host: localhost", "Origin: https://app.example", "api-key: key-one").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "Via: 1.1 proxy", "X-Real-IP: ::1", "x-forwarded-host: localhost",
        "X-Forwarded-Proto: http", "X-Forwarded-Anything: x", "CF-Connecting-IP: 127.0.0.1"})
    void shouldNotTakeVisitorsOfAProxyForThisMachine(String header) {
        assertThat(send(open, "GET", "/config", "", "Host: localhost", header).text()).contains("\"code\":\"admin_local_only\"");
    }

    @Test
    void shouldNameTheSettingThatIsMissingForAProxy() {
        try (CapturedLog log = new CapturedLog()) {
            send(guarded, "GET", "/v1/models", "", "Host: a", "api-key: wrong-key", "X-Forwarded-For: 203.0.113.9");
            send(guarded, "GET", "/v1/models", "", "Host: a", "api-key: wrong-key", "X-Forwarded-For: 203.0.113.9");

            assertThat(log.linesWith("clients.trusted_proxies")).singleElement().asString().contains("127.0.0.1").doesNotContain("wrong-key");
        }
    }

    private static RawResponse send(TestGateway gateway, String method, String path, String body, String... lines) {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        for (String line : lines) {
            head.append(line).append("\r\n");
        }
        if (!head.toString().contains("Host: ")) {
            head.append("Host: localhost:").append(gateway.port()).append("\r\n");
        }
        if (!head.toString().contains("Content-Type") && !body.isEmpty()) {
            head.append("Content-Type: application/json\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.send(head + "Content-Length: " + length + "\r\n\r\n" + body).response();
        }
    }
}
