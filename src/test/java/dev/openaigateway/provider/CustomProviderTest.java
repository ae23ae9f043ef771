package dev.openaigateway.provider;

import com.example.AcmeProvider;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A provider with its own format, added as a bean. */
@GatewayTest
class CustomProviderTest {

    private static final String SPENT = "{\"heard\":9,\"said\":3}";
    private static final String SETTINGS = """
            breaker: { minimum_calls: 10000, window: 10000, open_for: 0.001 }
            instances:
              - { name: theirs, provider_type: acme, api_key: acme-key, api_base: "%s/api", supported_models: [parrot], priority: 1 }
              - { name: ours, provider_type: generic, api_base: "%s", supported_models: [parrot], priority: 2 }
            """;

    private static final ScriptedUpstream ACME = ScriptedUpstream.start();
    private static final ScriptedUpstream OTHER = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.builder().settings(SETTINGS.formatted(ACME.uri(), OTHER.uri()))
                .bean("anyBeanName", new AcmeProvider()).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        ACME.close();
        OTHER.close();
    }

    @Test
    void shouldTranslateRequestAndResponse() {
        ACME.enqueue(Reply.json(200, "{\"says\":\"Hi\",\"spent\":" + SPENT + "}"));
        int before = ACME.requests().size();

        var response = gateway.chat("parrot", "x-acme-key", "of-the-client");

        assertThat(response.body()).isEqualTo("{\"object\":\"chat.completion\",\"model\":\"parrot\",\"choices\":[{\"index\":0,"
                + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}],"
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}");
        RecordedRequest sent = ACME.requests().get(before);
        assertThat(sent.method() + " " + sent.target()).isEqualTo("POST /api/talk/parrot");
        assertThat(sent.text()).isEqualTo("{\"ask\":\"Hello!\",\"live\":false}");
        assertThat(sent.header("x-acme-key")).isEqualTo("acme-key");
        assertThat(sent.header("x-acme-edition")).isEqualTo("7");
        assertThat(sent.headers().has("authorization")).isFalse();
    }

    @Test
    void shouldReportTheProviderAndItsTokensInMetrics() {
        ACME.enqueue(Reply.json(200, "{\"says\":\"Hi\",\"spent\":" + SPENT + "}"));
        String tokens = "gen_ai_client_token_usage_sum{gateway_instance=\"theirs\",gen_ai_operation_name=\"chat\","
                + "gen_ai_provider_name=\"acme\",gen_ai_request_model=\"parrot\",gen_ai_token_type=\"output\"}";
        double before = gateway.get("/metrics").body().contains(tokens) ? gateway.metric(tokens) : 0;

        gateway.chat("parrot");

        Eventually.holds("its tokens are counted", () -> gateway.metric(tokens) == before + 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTranslateAStream(boolean usage) {
        ACME.enqueue(Reply.stream(data("{\"piece\":\"Hel\"}"), ": still there\n\n", data("{\"ping\":1}"), data("{\"piece\":\"lo\"}"),
                data("{\"spent\":" + SPENT + "}"), data("{\"bye\":true}"), data("{\"ping\":2}")));

        var response = stream(usage);

        String chunk = "{\"object\":\"chat.completion.chunk\",\"model\":\"parrot\",\"choices\":[";
        assertThat(response.body()).isEqualTo(data(chunk + "{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}") + ": still there\n\n"
                + data(chunk + "{\"index\":0,\"delta\":{\"content\":\"lo\"}}]}")
                + (usage ? data(chunk + "],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}") : "") + data("[DONE]"));
    }

    @Test
    void shouldFailOverOnAnErrorBeforeContent() {
        ACME.enqueue(Reply.stream(data("{\"ping\":1}"), data("{\"fault\":\"broken\",\"why\":\"no parrot\"}")));
        OTHER.enqueue(Reply.chatStream("ours"));

        var response = stream(false);

        assertThat(response.body()).contains("ours").doesNotContain("ping", "no parrot");
        assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("ours");
    }

    @Test
    void shouldTranslateAnErrorAfterContent() {
        ACME.enqueue(Reply.stream(data("{\"piece\":\"Hel\"}"), data("{\"fault\":\"broken\",\"why\":\"acme-key lost\"}")));

        assertThat(stream(false).body()).contains("Hel").doesNotContain("fault", "acme-key")
                .endsWith(data("{\"error\":{\"message\":\"**** lost\",\"type\":\"server_error\"}}"));
    }

    @Test
    void shouldTranslateARefusal() {
        ACME.enqueue(Reply.json(422, "{\"fault\":\"nonsense\",\"why\":\"no such trick\"}"));

        var response = gateway.chat("parrot");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body()).isEqualTo("{\"error\":{\"message\":\"no such trick\",\"type\":\"invalid_request_error\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fault\":\"broken\"}", "{\"other\":1}", "{"})
    void shouldFailOverOnAnythingButAResponse(String body) {
        ACME.enqueue(Reply.json(200, body));

        assertThat(gateway.chat("parrot").headers().firstValue("x-gateway-instance")).hasValue("ours");
    }

    @Test
    void shouldTranslateALongResponse() {
        String said = "x".repeat(3_000_000);
        ACME.enqueue(Reply.json(200, "{\"says\":\"" + said + "\",\"spent\":" + SPENT + "}"));

        assertThat(gateway.chat("parrot").body()).contains("\"content\":\"" + said + "\"").doesNotContain("says");
    }

    @Test
    void shouldNotRelayAnEventThatIsTooLongToTranslate() {
        ACME.enqueue(Reply.stream(data("{\"piece\":\"" + "x".repeat(2_000_000) + "\"}")));
        OTHER.enqueue(Reply.chatStream("ours"));

        assertThat(stream(false).body()).contains("ours").doesNotContain("piece", "xxx");
    }

    @Test
    void shouldRefuseAnOperationThatTheProviderDoesNotServe() {
        int before = OTHER.requests().size();

        var response = gateway.post("/v1/embeddings", "{\"model\":\"parrot\",\"input\":\"Hi\"}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(OTHER.requests()).hasSize(before);
    }

    @Test
    void shouldCheckTheProvidersHealthUrl() {
        int before = ACME.requests().size();

        assertThat(gateway.get("/health/parrot").statusCode()).isEqualTo(200);

        RecordedRequest check = ACME.requests().get(before);
        assertThat(check.method() + " " + check.target()).isEqualTo("GET /api/alive");
        assertThat(check.header("x-acme-key")).isEqualTo("acme-key");
    }

    @Test
    void shouldTreatAnExceptionAsAFailureOfTheInstance() {
        AcmeProvider withoutToken = new AcmeProvider() {
            @Override
            public Optional<Map.Entry<String, String>> authorization(InstanceSettings instance) {
                throw new IllegalStateException("no token");
            }
        };
        try (TestGateway own = TestGateway.builder().settings(SETTINGS.formatted(ACME.uri(), OTHER.uri())).bean("acme", withoutToken).start()) {
            assertThat(own.chat("parrot").headers().firstValue("x-gateway-instance")).hasValue("ours");
            assertThat(own.get("/health/parrot").body()).contains("cannot be reached").doesNotContain("no token");
        }
    }

    @Test
    void shouldReadTheBeanOfARouteFile() {
        GatewayFolder folder = GatewayFolder.copy().write("routes/providers.camel.yaml", """
                - beans:
                    - name: acme
                      type: com.example.AcmeProvider
                """);
        ACME.enqueue(Reply.json(200, "{\"says\":\"Hi\"}"));
        try (TestGateway own = TestGateway.builder().folder(folder.path()).settings(SETTINGS.formatted(ACME.uri(), OTHER.uri())).start()) {
            assertThat(own.chat("parrot").body()).contains("\"content\":\"Hi\"");
        }
    }

    @Test
    void shouldRefuseToStartWithAnUnknownProvider() {
        TestGateway.Builder builder = TestGateway.builder().settings(SETTINGS.replace("type: acme", "type: acne").formatted(ACME.uri(), OTHER.uri()))
                .bean("acme", new AcmeProvider());

        assertThatThrownBy(builder::start).hasStackTraceContaining("settings.yaml:3: instances[0].provider_type \"acne\" "
                + "must be one of acme, azure, generic; did you mean \"acme\"?");
    }

    @Test
    void shouldAcceptItsNameInAReload() throws IOException {
        String settings = SETTINGS.formatted(ACME.uri(), OTHER.uri());
        ACME.enqueue(Reply.json(200, "{\"says\":\"Hi\"}"));
        try (TestGateway own = TestGateway.builder().settings(settings.replace("type: acme", "type: generic"))
                .bean("acme", new AcmeProvider()).start()) {
            Files.writeString(own.settingsFile(), settings);
            assertThat(own.post("/config/reload", "").statusCode()).isEqualTo(200);
            assertThat(own.chat("parrot").body()).contains("\"content\":\"Hi\"");

            Files.writeString(own.settingsFile(), settings.replace("type: acme", "type: acne"));
            assertThat(own.post("/config/reload", "").body()).contains("must be one of acme, azure, generic").contains("did you mean");
        }
    }

    private static HttpResponse<String> stream(boolean usage) {
        return gateway.post("/v1/chat/completions", "{\"model\":\"parrot\",\"stream\":true,"
                + (usage ? "\"stream_options\":{\"include_usage\":true}," : "") + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");
    }

    private static String data(String json) {
        return "data: " + json + "\n\n";
    }
}
