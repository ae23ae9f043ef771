package dev.openaigateway.config.load;

import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.RoutingSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.openaigateway.config.load.Example.instance;
import static dev.openaigateway.config.load.Example.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OtherFormatsTest {

    private static final Map<String, String> PROVIDER_KEYS = Map.of(
            "OPENAI_API_TOKEN", "openai-secret", "AZURE_OPENAI_KEY", "azure-secret", "ANOTHER_PROVIDER_KEY", "other-secret");

    @TempDir
    Path folder;

    @Test
    void shouldReadBaseYaml() throws Exception {
        LoadedSettings loaded = load(Map.of("GATEWAY_CONFIG", Example.path("hierarchy").toString(),
                "AZURE_API_KEY_1", "k1", "FEISHU_WEBHOOK_URL", "https://open.feishu.cn/hook/x"));

        Settings settings = loaded.settings();
        assertThat(settings.name()).isEqualTo("Azure OpenAI Proxy");
        assertThat(settings.routing()).isEqualTo(
                new RoutingSettings(Strategy.FAILOVER, 3, Duration.ofSeconds(60), RoutingSettings.CompositeWeights.DEFAULT, false, true,
                        RoutingSettings.Affinity.SESSION, Optional.empty()));
        assertThat(settings.logging().file()).contains("../logs/app.log");
        assertThat(settings.logging().maxSize()).isEqualTo(5_242_880);
        assertThat(settings.monitoring().additionalWindows()).containsExactly(
                Duration.ofMinutes(15), Duration.ofMinutes(30), Duration.ofMinutes(60));
        assertThat(instance(loaded, "instance1").apiKey().value()).isEqualTo("k1");
        assertThat(instance(loaded, "instance1").deployment("gpt-4o-mini")).isEqualTo("gpt4omini");
    }

    @Test
    void shouldMergeYamlOfEnvironmentIntoBase() throws Exception {
        LoadedSettings loaded = load(Map.of("GATEWAY_CONFIG", Example.path("hierarchy").toString(), "ENVIRONMENT", "production",
                "AZURE_API_KEY_1", "k1", "FEISHU_WEBHOOK_URL", "https://open.feishu.cn/hook/x"));

        InstanceSettings instance = instance(loaded, "instance1");
        assertThat(instance.serves("gpt-4o-2024-11-20")).isTrue();
        assertThat(instance.serves("gpt-4o")).isFalse();
        assertThat(instance.deployment("gpt-4o-2024-08-06")).isEqualTo("gpt4o-august");
        assertThat(loaded.description()).contains("base.yaml").contains("production.yaml");
    }

    @Test
    void shouldReadYamlFileWithAddressesFromVariables() throws Exception {
        Map<String, String> variables = Example.variables("azure-variables.env");
        variables.put("GATEWAY_CONFIG", Example.path("weighted.yaml").toString());

        LoadedSettings loaded = load(variables);

        assertThat(loaded.settings().routing().strategy()).isEqualTo(Strategy.WEIGHTED);
        assertThat(loaded.settings().port()).isEqualTo(8080);
        assertThat(loaded.settings().rateLimit().redisUrl().value()).isEqualTo("redis://localhost:6379");
        InstanceSettings instance = instance(loaded, "azure-primary");
        assertThat(instance.apiBase()).hasToString("https://your-resource.openai.azure.com");
        assertThat(instance.weight()).isEqualTo(10);
        assertThat(instance.serves("gpt-35-turbo")).isTrue();
        assertThat(instance.enabled()).isTrue();
    }

    @Test
    void shouldReadProviderFiles() throws Exception {
        LoadedSettings loaded = load(withKeys("FOAP_CONFIG_DIR", providers().toString()));

        InstanceSettings openai = instance(loaded, "openAI");
        assertThat(openai.providerType()).isEqualTo("generic");
        assertThat(openai.apiKey().value()).isEqualTo("openai-secret");
        assertThat(openai.apiBase()).hasToString("https://api.openai.com");
        assertThat(openai.supportedModels()).containsExactly("openai-gpt-4o", "openai-dall-e-3");
        assertThat(openai.deployment("openai-gpt-4o")).isEqualTo("gpt-4o");
        assertThat(openai.targets().get("openai-gpt-4o")).containsOnly(
                Map.entry("chat/completions", target("https://api.openai.com", "gpt-4o", 120, 15)),
                Map.entry("embeddings", target("https://api.openai.com", "text-embedding-ada-002", 60, 15)));
        assertThat(openai.targets().get("openai-dall-e-3")).containsOnlyKeys("images/generations");
        assertThat(instance(loaded, "anotherProvider").targets().get("custom-model-chat")).containsOnly(
                Map.entry("chat/completions", target("https://api.anotherprovider.com", "super-chat-model-v2", 60, 60)));
    }

    @Test
    void shouldTakeDeploymentFromAzureAddress() throws Exception {
        LoadedSettings loaded = load(withKeys("GATEWAY_CONFIG", providers().toString()));

        InstanceSettings azure = instance(loaded, "azureOpenAI");
        assertThat(azure.providerType()).isEqualTo("azure");
        assertThat(azure.apiBase()).hasToString("https://your-resource.openai.azure.com");
        assertThat(azure.deployment("azure-gpt-35-turbo")).isEqualTo("YOUR_DEPLOYMENT_NAME");
        assertThat(azure.timeouts().idle()).hasSeconds(180);
        assertThat(loaded.settings().routing().timeout()).as("at least the longest timeout of an instance").hasSeconds(180);
    }

    @ParameterizedTest
    @CsvSource({
        "https://r.openai.azure.com/openai, generic, https://r.openai.azure.com/openai/v1",
        "https://r.openai.azure.com/openai/v1, generic, https://r.openai.azure.com/openai/v1",
        "https://r.openai.azure.com, azure, https://r.openai.azure.com",
        "https://r.openai.azure.com/openai/deployments/d, azure, https://r.openai.azure.com"
    })
    void shouldTreatAzuresNewerApiAsOpenAi(String address, String type, String base) throws Exception {
        // given
        Files.writeString(folder.resolve("p.json"), """
                { "p": { "api_key_variable": "KEY", "target_base_url": "%s", "models": { "m": { "endpoints": [
                  { "path": "v1/chat/completions", "target_model_name": "t" } ] } } } }
                """.formatted(address));
        // when
        InstanceSettings instance = instance(load(Map.of("FOAP_CONFIG_DIR", folder.toString(), "KEY", "k")), "p");
        // then
        assertThat(instance.providerType()).isEqualTo(type);
        assertThat(instance.target("m", "chat/completions").baseUrl()).hasToString(base);
    }

    @Test
    void shouldReportErrorsInProviderFile() throws Exception {
        Files.writeString(folder.resolve("p.json"), """
                { "openAI": { "api_key_variabel": "X", "models": { "m": { "endpoints": [ { "path": "v1/chat/completions" } ] } } } }
                """);

        assertThatThrownBy(() -> load(Map.of("FOAP_CONFIG_DIR", folder.toString())))
                .hasMessageContaining("p.json: openAI must have a value for api_key_variable")
                .hasMessageContaining("p.json: openAI.api_key_variabel is not a known key; did you mean \"api_key_variable\"?")
                .hasMessageContaining("p.json: openAI.models.m.endpoints[0] must have a value for target_model_name")
                .hasMessageContaining("openAI.models.m.endpoints[0].target_base_url must be given here or for the provider");
    }

    @Test
    void shouldReadAzureInstances() throws Exception {
        LoadedSettings loaded = load(Map.of("AZURE_PROXY_CONFIG", Example.path("azure_instances.json").toString()));

        Settings settings = loaded.settings();
        assertThat(settings.routing().strategy()).isEqualTo(Strategy.ROUND_ROBIN);
        assertThat(settings.instances()).extracting(InstanceSettings::name)
                .containsExactly("eastus-xyz", "westus-xyz", "swedencentral-abc");
        assertThat(instance(loaded, "westus-xyz").apiKey().value()).isEqualTo("YYYY");
        assertThat(instance(loaded, "westus-xyz").keyHeader()).contains("api-key");
        assertThat(instance(loaded, "westus-xyz").serves("gpt-4.1-nano")).isTrue();
        assertThat(settings.clients().header()).isEqualTo("api-key");
        assertThat(settings.clients().keys()).extracting(client -> client.name() + "=" + client.keys())
                .containsExactly("client-1=" + List.of(ClientKey.of("my-key-1")), "client-2=" + List.of(ClientKey.of("my-key-2")));
    }

    @Test
    void shouldWatchOnlyProviderFilesOfAFolder() throws Exception {
        // given
        Path one = providers().resolve("openAI-example.json");
        LoadedSettings loaded = load(withKeys("FOAP_CONFIG_DIR", folder.toString()));
        // when
        Files.writeString(folder.resolve("gateway.log"), "a line");
        Files.createDirectory(folder.resolve("old"));
        // then
        assertThat(loaded.files()).contains(one).noneMatch(file -> file.endsWith("gateway.log") || file.endsWith("old") || file.equals(folder));
        Path two = Files.writeString(folder.resolve("two.json"), "{}");
        assertThat(loaded.files()).contains(one, two);
    }

    @Test
    void shouldReportMissingSource() {
        assertThatThrownBy(() -> load(Map.of("GATEWAY_CONFIG", "nowhere")))
                .hasMessage("environment: GATEWAY_CONFIG \"nowhere\" does not exist (looked for /nonexistent/nowhere)");
        assertThatThrownBy(() -> load(Map.of("FOAP_CONFIG_DIR", folder.toString())))
                .hasMessageContaining("must hold a file base.yaml or at least one provider file");
    }

    @Test
    void shouldReportLineOfBrokenJsonWithoutQuotingIt() throws Exception {
        Files.writeString(folder.resolve("a.json"), "{ \"instances\": [\n { \"api_key\": sk-secret } ] }");

        assertThatThrownBy(() -> load(Map.of("AZURE_PROXY_CONFIG", folder.resolve("a.json").toString())))
                .hasMessageContaining("a.json:2:").hasMessageContaining("is not valid JSON")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    /** The documented example, with a valid host. */
    private Path providers() throws Exception {
        String example = Files.readString(Example.path("providers").resolve("openAI-example.json"));
        Files.writeString(folder.resolve("openAI-example.json"), example.replace("YOUR_AZURE_RESOURCE", "your-resource"));
        return folder;
    }

    private static Map<String, String> withKeys(String name, String value) {
        Map<String, String> variables = new HashMap<>(PROVIDER_KEYS);
        variables.put(name, value);
        return variables;
    }

    private static Target target(String url, String model, int timeout, int healthTimeout) {
        return new Target(URI.create(url), Optional.empty(), model, Timeouts.of(Duration.ofSeconds(timeout)), Duration.ofSeconds(healthTimeout));
    }
}
