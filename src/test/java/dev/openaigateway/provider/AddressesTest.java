package dev.openaigateway.provider;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The addresses that operators write, as providers document them and portals show them. Each instance serves the model of its name. */
@GatewayTest
class AddressesTest {

    private static final Map<String, String> ADDRESSES = new TreeMap<>(Map.ofEntries(
            Map.entry("bare", "generic /"), Map.entry("slashes", "generic ///"), Map.entry("v1", "generic /v1/"),
            Map.entry("beta", "generic /v1beta/openai/"), Map.entry("paas", "generic /api/paas/v4"), Map.entry("newer", "generic /openai/v1"),
            Map.entry("full", "generic /v2/chat/completions"), Map.entry("query", "generic /openai/v1/?api-version=preview"),
            Map.entry("azure-path", "azure /openai/deployments/x"),
            Map.entry("azure-url", "azure /openai/deployments/x/chat/completions?api-version=2025-01-01-preview"),
            Map.entry("azure-more", "azure /openai/deployments/x/extensions/chat/completions"),
            Map.entry("azure-below", "azure /proxy/openai/deployments/x/"),
            Map.entry("azure-v1", "azure /openai/v1/"), Map.entry("azure-newest", "azure /openai/v1?api-version=preview"),
            Map.entry("embeddings", "generic /v1/embeddings"), Map.entry("responses", "generic /openai/v1/responses?api-version=preview"),
            Map.entry("list", "generic /v1/models"), Map.entry("models", "generic /models?api-version=2024-05-01-preview"),
            Map.entry("images", "azure /openai/v1/images/generations"), Map.entry("foundry", "azure /models"),
            Map.entry("foundry-url", "azure /models/chat/completions?api-version=2025-05-01"), Map.entry("DeepSeek-R1", "azure /models/embeddings"),
            Map.entry("below-models", "azure /team/models"), Map.entry("below-embeddings", "azure /team/embeddings"),
            Map.entry("named-embeddings", "generic /team/embeddings"), Map.entry("named-models", "generic /team/v/models"),
            Map.entry("root-responses", "generic /responses"), Map.entry("speech", "generic /team/audio/speech"),
            Map.entry("google", "generic /v1beta/openai/embeddings"), Map.entry("foundry-generic", "generic /models/embeddings?api-version=1"),
            Map.entry("azure-host", "azure /?api-version=2024-06-01")));
    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start(ADDRESSES.entrySet().stream().map(entry -> {
            String[] parts = entry.getValue().split(" ");
            return "  - { name: %s, provider_type: %s, api_key: k, api_base: '%s', supported_models: [%s] }\n".formatted(
                    entry.getKey(), parts[0], UPSTREAM.uri() + parts[1], entry.getKey());
        }).collect(Collectors.joining("", "instances:\n", """
                  - { name: targets, provider_type: azure, api_key: k, api_base: 'BASE', supported_models: [targets],
                      targets: { targets: { embeddings: { base_url: 'BASE/openai/deployments/embed/' } } } }
                  - { name: versions, provider_type: azure, api_key: k, api_base: 'BASE/openai/deployments/chat?api-version=2024-06-01', supported_models: [versions],
                      targets: { versions: { embeddings: { base_url: 'BASE/openai/deployments/embed/embeddings?api-version=2023-05-15' },
                        completions: { base_url: 'BASE/openai/v1' }, moderations: { model: other } } } }
                  - { name: plain, provider_type: generic, api_base: 'BASE/v2', supported_models: [plain],
                      targets: { plain: { embeddings: { base_url: 'BASE' }, completions: { base_url: 'BASE/v3/completions' } } } }
                  - { name: any, provider_type: azure, api_key: k, api_base: 'BASE/openai/deployments/only', api_version: 2024-06-01 }
                """.replace("BASE", UPSTREAM.uri()))));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @CsvSource({
        "bare, /v1/chat/completions", "slashes, /v1/chat/completions", "v1, /v1/chat/completions",
        "beta, /v1beta/openai/chat/completions", "paas, /api/paas/v4/chat/completions", "newer, /openai/v1/chat/completions",
        "full, /v2/chat/completions", "query, /openai/v1/chat/completions?api-version=preview",
        "azure-path, /openai/deployments/x/chat/completions?api-version=2024-10-21",
        "azure-url, /openai/deployments/x/chat/completions?api-version=2025-01-01-preview",
        "azure-more, /openai/deployments/x/chat/completions?api-version=2024-10-21",
        "azure-below, /proxy/openai/deployments/x/chat/completions?api-version=2024-10-21",
        "azure-v1, /openai/v1/chat/completions", "azure-newest, /openai/v1/chat/completions?api-version=preview",
        "azure-host, /openai/deployments/azure-host/chat/completions?api-version=2024-06-01",
        "embeddings, /v1/chat/completions", "responses, /openai/v1/chat/completions?api-version=preview", "list, /v1/chat/completions",
        "models, /models/chat/completions?api-version=2024-05-01-preview", "images, /openai/v1/chat/completions",
        "foundry, /models/chat/completions?api-version=2024-05-01-preview", "foundry-url, /models/chat/completions?api-version=2025-05-01",
        "DeepSeek-R1, /models/chat/completions?api-version=2024-05-01-preview",
        "below-models, /team/models/openai/deployments/below-models/chat/completions?api-version=2024-10-21",
        "below-embeddings, /team/embeddings/openai/deployments/below-embeddings/chat/completions?api-version=2024-10-21",
        "named-embeddings, /team/embeddings/chat/completions", "named-models, /team/v/models/chat/completions",
        "root-responses, /responses/chat/completions", "speech, /team/chat/completions", "google, /v1beta/openai/chat/completions",
        "foundry-generic, /models/chat/completions?api-version=1",
        "any model at all, /openai/deployments/only/chat/completions?api-version=2024-06-01"
    })
    void shouldTakeAnAddressAsItIs(String model, String target) {
        assertThat(gateway.chat(model).statusCode()).isEqualTo(200);

        assertThat(last().target()).isEqualTo(target);
    }

    @Test
    void shouldTakeTheDeploymentOfATarget() {
        gateway.post("/v1/embeddings", "{\"model\":\"targets\",\"input\":\"a\"}");

        assertThat(last().target()).isEqualTo("/openai/deployments/embed/embeddings?api-version=2024-10-21");
    }

    @ParameterizedTest
    @CsvSource({"versions, chat/completions, /openai/deployments/chat/chat/completions?api-version=2024-06-01",
        "versions, embeddings, /openai/deployments/embed/embeddings?api-version=2023-05-15", "versions, completions, /openai/v1/completions",
        "versions, moderations, /openai/moderations?api-version=2024-06-01",
        "plain, chat/completions, /v2/chat/completions", "plain, embeddings, /v1/embeddings", "plain, completions, /v3/completions"})
    void shouldTakeTheVersionOfTheAddressOfATarget(String model, String operation, String target) {
        gateway.post("/v1/" + operation, "{\"model\":\"" + model + "\",\"input\":\"a\",\"prompt\":\"a\",\"messages\":[]}");

        assertThat(last().target()).isEqualTo(target);
    }

    /** The models of other vendors on Azure take the name of the model in the body, and the key in the header of Azure. */
    @Test
    void shouldCallFoundryWithTheModelInTheBody() {
        gateway.chat("foundry");

        assertThat(last().text()).contains("\"model\":\"foundry\"");
        assertThat(last().header("api-key")).isEqualTo("k");
    }

    private static RecordedRequest last() {
        List<RecordedRequest> requests = UPSTREAM.requests();
        return requests.get(requests.size() - 1);
    }
}
