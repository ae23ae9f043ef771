package dev.openaigateway.provider;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of a client's headers reach an upstream. */
@GatewayTest
class ForwardedHeadersTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.builder().variable("TEAM_TOKEN", "t0p-s3cret-value").settings("""
                clients: { header: x-team-key, forward_headers: [x-common] }
                instances:
                  - { name: plain, provider_type: generic, api_base: "BASE", supported_models: [plain] }
                  - { name: azure, api_key: k, api_base: "BASE", supported_models: [azure] }
                  - { name: own, provider_type: generic, api_base: "BASE", supported_models: [own], headers: { X-Team-Token: "${TEAM_TOKEN}", OpenAI-Project: p1 },
                      forward_headers: [x-*, Ocp-Apim-Subscription-Key], drop_headers: [x-tenant-secret*, openai-beta] }
                """.replace("BASE", UPSTREAM.uri())).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OpenAI-Beta", "openai-organization", "OpenAI-Project", "X-Client-Request-Id", "Idempotency-Key", "traceparent",
        "tracestate", "baggage", "x-codex-turn-state", "x-openai-subagent", "session_id", "conversation_id", "anthropic-beta", "x-common"})
    void shouldSendOnWhatUpstreamsKnow(String name) {
        assertThat(sent("plain", name, "some value").header(name)).isEqualTo("some value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-goog-api-key", "x-api-key", "api-key", "Cookie", "Proxy-Authorization", "x-forwarded-for", "Forwarded", "x-stainless-lang", "x-stainless-retry-count",
        "x-admin-token", "x-gateway-session", "CamelHttpUri", "User-Agent", "X-Team-Key"})
    void shouldNeverSendOnWhatIsTheGatewaysOwn(String name) {
        RecordedRequest request = sent("own", name, "value-of-the-client");

        assertThat(request.headers().toString()).doesNotContain("value-of-the-client");
    }

    @Test
    void shouldSendOnlyListedHeadersToAnInstance() {
        RecordedRequest request = sent("own", "x-tenant", "a", "X-Tenant-Secret-1", "b", "ocp-apim-subscription-key", "c", "OpenAI-Beta", "d", "other", "e");

        assertThat(request.header("x-tenant")).isEqualTo("a");
        assertThat(request.header("ocp-apim-subscription-key")).isEqualTo("c");
        assertThat(List.of("x-tenant-secret-1", "openai-beta", "other")).noneMatch(request.headers()::has);
        assertThat(sent("plain", "x-tenant", "a").headers().has("x-tenant")).isFalse();
    }

    @Test
    void shouldSendTheInstancesHeadersInPlaceOfTheClients() {
        RecordedRequest request = sent("own", "x-team-token", "mine", "openai-project", "mine");

        assertThat(request.header("x-team-token")).isEqualTo("t0p-s3cret-value");
        assertThat(request.header("openai-project")).isEqualTo("p1");
        assertThat(gateway.get("/config").body()).contains("\"p1\"").doesNotContain("t0p-s3cret-value");
    }

    @Test
    void shouldNotNameAnOrganizationToAzure() {
        RecordedRequest request = sent("azure", "OpenAI-Organization", "org", "OpenAI-Project", "p", "x-ms-client-request-id", "id");

        assertThat(request.headers().has("openai-organization")).isFalse();
        assertThat(request.headers().has("openai-project")).isFalse();
        assertThat(request.header("x-ms-client-request-id")).isEqualTo("id");
    }

    private static RecordedRequest sent(String model, String... headers) {
        int before = UPSTREAM.requests().size();
        assertThat(gateway.chat(model, headers).statusCode()).isEqualTo(200);
        return UPSTREAM.awaitRequests(before + 1).get(before);
    }
}
