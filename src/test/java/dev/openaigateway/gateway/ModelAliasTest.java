package dev.openaigateway.gateway;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Public names of models: {@code smart} leads to gpt-4o, {@code team} to {@code smart}, and {@code old} is hidden. */
@GatewayTest
class ModelAliasTest {

    private static final ScriptedUpstream generic = ScriptedUpstream.start();
    private static final ScriptedUpstream azure = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                clients:
                  keys:
                    - { name: all, key: k-all }
                    - { name: limited, key: k-limited, models: [smart] }
                models:
                  - { name: smart, target: gpt-4o, display_name: Our best model, max_output_tokens: 16384 }
                  - { name: team, target: smart, max_input_tokens: 20 }
                  - { name: old, target: o1, hidden: true }
                  - { name: o1, max_input_tokens: 50, hidden: true }
                  - { name: gpt-4o, max_input_tokens: 1000 }
                instances:
                  - { name: generic, provider_type: generic, api_base: "%s", supported_models: [gpt-4o], max_input_tokens: 2000 }
                  - { name: azure, api_base: "%s", api_key: a, model_deployments: { o1: o1-deployment } }
                """.formatted(generic.uri(), azure.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        generic.close();
        azure.close();
    }

    @Test
    void shouldAskForTheTargetAndNameTheAlias() {
        HttpResponse<String> response = chat("smart", "k-all");

        assertThat(lastBody(generic)).isEqualTo(TestGateway.chatBody("gpt-4o"));
        assertThat(response.headers().firstValue("x-gateway-alias")).hasValue("smart");
        assertThat(response.headers().firstValue("x-gateway-model")).hasValue("gpt-4o");
    }

    @Test
    void shouldUseTheDeploymentOfTheTarget() {
        assertThat(chat("old", "k-all").statusCode()).as("hidden ones work").isEqualTo(200);

        assertThat(azure.requests().get(azure.requests().size() - 1).path()).isEqualTo("/openai/deployments/o1-deployment/chat/completions");
    }

    @Test
    void shouldAcceptAnAliasAsAzureDeployment() {
        HttpResponse<String> response = gateway.post("/openai/deployments/team/chat/completions?api-version=2024-10-21",
                TestGateway.chatBody("x").replace("\"model\":\"x\",", ""), "api-key", "k-all");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(lastBody(generic)).contains("\"model\":\"gpt-4o\"");
        assertThat(response.headers().firstValue("x-gateway-alias")).hasValue("team");
    }

    @Test
    void shouldListAndDescribeOnlyTheModelsOfTheKey() {
        assertThat(gateway.get("/v1/models", "api-key", "k-limited").body()).contains("\"id\":\"smart\"").doesNotContain("\"id\":\"gpt-4o\"", "team");
        assertThat(gateway.get("/v1/models/smart", "api-key", "k-limited").statusCode()).isEqualTo(200);

        HttpResponse<String> other = gateway.get("/v1/models/gpt-4o", "api-key", "k-limited");
        assertThat(other.statusCode()).isEqualTo(404);
        assertThat(other.body()).doesNotContain("team");
        assertThat(gateway.get("/v1/models/gpt-4o", "api-key", "k-all").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCheckTheKeysModelsByThePublicName() {
        assertThat(chat("smart", "k-limited").statusCode()).isEqualTo(200);
        assertThat(chat("gpt-4o", "k-limited").statusCode()).isEqualTo(403);
        assertThat(chat("team", "k-limited").body()).contains("may not use the model `team`");
    }

    @Test
    void shouldListPublicNamesWithTheirLimits() {
        String list = gateway.get("/v1/models", "api-key", "k-all").body();

        assertThat(list).contains("\"id\":\"gpt-4o\"", "\"id\":\"smart\"", "\"id\":\"team\"").doesNotContain("\"old\"", "\"o1\"");
        assertThat(one("smart")).contains("\"owned_by\":\"gateway\",\"display_name\":\"Our best model\",\"context_length\":1000,"
                + "\"max_output_tokens\":16384");
        assertThat(one("team")).contains("\"context_length\":20").doesNotContain("max_output_tokens");
        assertThat(one("old")).contains("\"id\":\"old\"", "\"context_length\":50");
        assertThat(one("older")).contains("model_not_found").doesNotContain("o1");
    }

    @Test
    void shouldApplyTheLimitOfAModelToAllItsInstances() {
        int before = generic.requests().size();

        assertThat(longChat("team", 30).body()).contains("maximum context length is 20 tokens");
        assertThat(longChat("smart", 1200).body()).contains("maximum context length is 1000 tokens");
        assertThat(longChat("old", 60).body()).contains("maximum context length is 50 tokens");
        assertThat(generic.requests()).hasSize(before);
        assertThat(longChat("smart", 30).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldExplainTheTargetOfAnAlias() {
        assertThat(gateway.get("/admin/route?model=team").body()).contains("\"instance\":\"generic\"",
                "goes first", "accepts prompts of up to 20 tokens", "does not serve the model");
    }

    @Test
    void shouldCheckTheHealthOfAnAlias() {
        assertThat(gateway.get("/health/team").body()).contains("\"status\":\"ok\",\"model\":\"team\"");
        assertThat(gateway.get("/health/teem").body()).contains("model_not_found").doesNotContain("old");
    }

    @Test
    void shouldRecordBothNames() {
        try (CapturedLog log = new CapturedLog()) {
            HttpResponse<String> response = chat("smart", "k-all");

            assertThat(log.accessLine(response)).contains(" model=smart served_model=gpt-4o instance=generic ");
        }
    }

    @Test
    void shouldStreamUnderAnAlias() {
        generic.enqueue(Reply.chatStream("Hi"));

        HttpResponse<String> response = gateway.post("/v1/chat/completions",
                "{\"model\":\"smart\",\"stream\":true,\"messages\":[]}", "api-key", "k-all");

        assertThat(response.body()).contains("Hi");
        assertThat(response.headers().firstValue("x-gateway-model")).hasValue("gpt-4o");
    }

    private static HttpResponse<String> chat(String model, String key) {
        return gateway.chat(model, "api-key", key);
    }

    private static HttpResponse<String> longChat(String model, int words) {
        String content = "word ".repeat(words);
        return gateway.post("/v1/chat/completions", TestGateway.chatBody(model).replace("Hello!", content), "api-key", "k-all");
    }

    private static String one(String model) {
        return gateway.get("/v1/models/" + model, "api-key", "k-all").body();
    }

    private static String lastBody(ScriptedUpstream upstream) {
        return upstream.requests().get(upstream.requests().size() - 1).text();
    }
}
