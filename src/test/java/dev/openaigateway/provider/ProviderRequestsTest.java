package dev.openaigateway.provider;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class ProviderRequestsTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: dated, api_key: azure-key, api_base: "BASE", supported_models: [gpt-4o, mapped], model_deployments: { mapped: my-gpt4o }, api_version: 2024-06-01 }
                  - { name: recent, api_key: azure-key, api_base: "BASE", supported_models: [recent] }
                  - { name: v1, api_key: azure-key, api_base: "BASE", supported_models: [azure-v1, azure-v1-same], model_deployments: { azure-v1: my-v1 }, api_version: v1 }
                  - { name: entra, api_key: token, api_base: "BASE", supported_models: [entra], key_header: Authorization }
                  - { name: deepseek, api_key: azure-key, api_base: "BASE", model_deployments: { deepseek-r1: DeepSeek-R1 }, api_version: 2024-05-01-preview }
                  - { name: foundry, api_key: azure-key, api_base: "BASE", model_deployments: { foundry-r1: DeepSeek-R1-0528 }, deepseek_path: /models, api_version: 2024-05-01-preview }
                  - { name: generic, provider_type: generic, api_key: sk-generic, api_base: "BASE", supported_models: [plain, renamed], model_deployments: { renamed: vendor/model-9 } }
                  - { name: generic-v1, provider_type: generic, api_key: sk-generic, api_base: "BASE/sub/v1", supported_models: [plain-v1] }
                  - { name: queried, provider_type: generic, api_base: "BASE/v1?tier=own", supported_models: [queried] }
                  - { name: keyless, provider_type: generic, api_base: "BASE", supported_models: [keyless] }
                  - { name: targeted, provider_type: generic, api_key: sk-generic, api_base: "BASE", supported_models: [targeted],
                      targets: { targeted: { chat/completions: { base_url: "BASE/elsewhere", model: other-name } } } }
                """.replace("BASE", UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, /openai/deployments/gpt-4o/chat/completions?api-version=2024-06-01",
        "mapped, /openai/deployments/my-gpt4o/chat/completions?api-version=2024-06-01",
        "recent, /openai/deployments/recent/chat/completions?api-version=2024-10-21",
        "azure-v1, /openai/v1/chat/completions",
        "deepseek-r1, /deepseek/chat/completions?api-version=2024-05-01-preview",
        "foundry-r1, /models/chat/completions?api-version=2024-05-01-preview",
        "plain, /v1/chat/completions",
        "plain-v1, /sub/v1/chat/completions",
        "targeted, /elsewhere/chat/completions"
    })
    void shouldBuildTheUrlOfTheInstance(String model, String target) {
        assertThat(sent("/v1/chat/completions", model).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/completions, gpt-4o, /openai/deployments/gpt-4o/completions?api-version=2024-06-01",
        "/v1/embeddings, gpt-4o, /openai/deployments/gpt-4o/embeddings?api-version=2024-06-01",
        "/v1/embeddings, azure-v1, /openai/v1/embeddings",
        "/v1/completions, plain, /v1/completions",
        "/v1/embeddings, targeted, /v1/embeddings",
        "/v1/embeddings, deepseek-r1, /deepseek/embeddings?api-version=2024-05-01-preview",
        "/deepseek/chat/completions, deepseek-r1, /deepseek/chat/completions?api-version=2024-05-01-preview",
        "/deepseek/completions, plain, /v1/completions"
    })
    void shouldKeepTheOperation(String path, String model, String target) {
        assertThat(sent(path, model).target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"azure-v1, my-v1", "azure-v1-same, azure-v1-same", "deepseek-r1, DeepSeek-R1", "foundry-r1, DeepSeek-R1-0528",
        "plain, plain", "renamed, vendor/model-9", "targeted, other-name"})
    void shouldSendTheUpstreamsModelName(String model, String upstreams) {
        assertThat(sent("/v1/chat/completions", model).text()).isEqualTo(TestGateway.chatBody(upstreams));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "mapped", "recent"})
    void shouldSendNoModelInAzuresDatedForm(String model) {
        assertThat(sent("/v1/chat/completions", model).text()).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "recent, 2025-01-01-preview, 2025-01-01-preview",
        "gpt-4o, 2025-01-01-preview, 2024-06-01",
        "recent, ../../x, 2024-10-21",
        "recent, 1%26key%3D2, 2024-10-21"
    })
    void shouldPassTheClientsVersionUnlessTheInstanceHasOne(String model, String requested, String used) {
        assertThat(sent("/v1/chat/completions?api-version=" + requested, model).target()).endsWith("?api-version=" + used);
    }

    @ParameterizedTest
    @CsvSource({
        "plain, beta=true, ?beta=true",
        "plain, beta=true&api-version=2025-01-01&include[]=a&include[]=b, ?beta=true&include[]=a&include[]=b",
        "plain, api-key=k&beta=true&API%5FKEY=k&access_token=k&subscription-key=k&x-gateway-fallback=off, ?beta=true",
        "gpt-4o, beta=true&api%2Dversion=2025-01-01, ?api-version=2024-06-01&beta=true",
        "azure-v1, api-version=preview&beta=true, ?beta=true",
        "queried, beta=true&tier=client&tie%72=client&region=x, ?tier=own&beta=true&region=x",
        "plain, api-version=1, ''"
    })
    void shouldPassOnTheQueryWithoutVersionsKeysAndWhatTheAddressHas(String model, String query, String passed) {
        String target = sent("/v1/chat/completions?" + query, model).target();

        assertThat(target.indexOf('?') < 0 ? "" : target.substring(target.indexOf('?'))).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, api-key, azure-key", "azure-v1, api-key, azure-key", "entra, authorization, Bearer token",
        "plain, authorization, Bearer sk-generic", "deepseek-r1, api-key, azure-key"})
    void shouldSendTheInstancesKeyAndNoOther(String model, String header, String value) {
        RecordedRequest request = sent("/v1/chat/completions", model,
                "Authorization", "Bearer client-key", "api-key", "client-key", "x-goog-api-key", "client-key", "Cookie", "key=client-key");

        assertThat(request.header(header)).isEqualTo(value);
        assertThat(request.headers().toString()).doesNotContain("client-key");
    }

    @Test
    void shouldSendNoKeyWithoutAConfiguredOne() {
        RecordedRequest request = sent("/v1/chat/completions", "keyless", "Authorization", "Bearer client-key");

        assertThat(request.headers().has("authorization")).isFalse();
        assertThat(request.headers().has("api-key")).isFalse();
    }

    @Test
    void shouldSendNothingOfTheClientsHeadersAndOfParametersThatSteerCamel() {
        RecordedRequest request = sent("/v1/chat/completions?CamelHttpUri=http://evil&CamelHttpPath=/evil", "plain",
                "X-Team", "blue", "CamelHttpUri", "http://evil", "Host-Override", "evil", "Content-Language", "de");

        assertThat(request.target()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers().lines()).extracting(header -> header.name().toLowerCase()).containsExactlyInAnyOrder(
                "accept", "authorization", "content-type", "content-length", "host", "connection", "x-request-id");
    }

    @Test
    void shouldReturnOnlyAllowedHeaders() {
        UPSTREAM.enqueue(Reply.chat("Hi").header("Set-Cookie", "a=b").header("Server", "secret-host").header("api-key", "azure-key")
                .header("Authorization", "Bearer azure-key").header("x-request-id", "theirs").header("openai-processing-ms", "12")
                .header("x-ratelimit-remaining-tokens", "99").header("CamelHttpResponseCode", "418"));

        var response = gateway.chat("gpt-4o", "x-request-id", "mine", "X-Team", "blue", "Authorization", "Bearer client-key");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map().keySet()).containsExactlyInAnyOrder("transfer-encoding", "content-type", "date", "openai-processing-ms",
                "x-gateway-attempts", "x-gateway-instance", "x-ratelimit-remaining-tokens", "x-request-id", "x-upstream-request-id",
                "x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy");
        assertThat(response.headers().firstValue("x-request-id")).hasValue("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o/../x", "gpt-4o?x=1", "gpt-4o%2e", "gpt 4o", "GPT-4o", "gpt-4o ", "gpt_4o"})
    void shouldMatchModelNamesExactly(String model) {
        var response = gateway.chat(model);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("model_not_found");
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, false", "recent, true", "azure-v1, true", "plain, true"})
    void shouldRequestTheUsageOfAStreamIfTheVersionSupportsIt(String model, boolean requested) {
        UPSTREAM.enqueue(Reply.chatStream("Hi"));
        int before = UPSTREAM.requests().size();

        gateway.post("/v1/chat/completions", "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[]}");

        RecordedRequest request = UPSTREAM.requests().get(before);
        assertThat(request.text().contains("\"stream_options\":{\"include_usage\":true}")).isEqualTo(requested);
        assertThat(request.header("accept")).isEqualTo("text/event-stream");
    }

    private static RecordedRequest sent(String path, String model, String... headers) {
        int before = UPSTREAM.requests().size();
        var response = gateway.post(path, TestGateway.chatBody(model), headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<RecordedRequest> seen = UPSTREAM.requests();
        assertThat(seen).hasSize(before + 1);
        return seen.get(before);
    }
}
