package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.config.Settings;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static dev.openaigateway.config.load.Example.instance;
import static dev.openaigateway.config.load.Example.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvironmentVariablesTest {

    @Test
    void shouldReadThreeInstances() throws Exception {
        LoadedSettings loaded = load(Example.variables("three-instances.env"));

        assertThat(loaded.settings().routing().strategy()).isEqualTo(Strategy.FAILOVER);
        assertThat(loaded.settings().instances()).extracting(InstanceSettings::name).containsExactly("azure1", "azure2", "generic1");
        InstanceSettings azure = instance(loaded, "azure1");
        assertThat(azure.providerType()).isEqualTo("azure");
        assertThat(azure.apiKey().value()).isEqualTo("your_azure_key_1");
        assertThat(azure.apiBase()).hasToString("https://your-resource-1.openai.azure.com");
        assertThat(azure.priority()).isEqualTo(1);
        assertThat(azure.maxTpm()).isEqualTo(30_000);
        assertThat(azure.supportedModels()).containsExactly("gpt-4o", "gpt-3.5-turbo");
        assertThat(azure.modelDeployments()).containsOnly(Map.entry("gpt-4o", "gpt-4o"), Map.entry("gpt-3.5-turbo", "gpt-35-turbo"));
        InstanceSettings generic = instance(loaded, "generic1");
        assertThat(generic.providerType()).isEqualTo("generic");
        assertThat(generic.supportedModels()).containsExactly("claude-3-opus", "claude-3-sonnet", "claude-3-haiku");
        assertThat(loaded.description()).contains("environment variables");
        assertThat(loaded.origins()).containsEntry("instances[azure1].max_tpm", "environment: API_INSTANCE_AZURE1_MAX_TPM");
    }

    @Test
    void shouldDistinguishInstancesWithUnderscores() throws Exception {
        LoadedSettings loaded = load(Example.variables("model-specific.env"));

        assertThat(loaded.settings().routing().strategy()).isEqualTo(Strategy.MODEL_SPECIFIC);
        assertThat(instance(loaded, "azure_instance").deployment("gpt-3.5-turbo")).isEqualTo("gpt-35-turbo");
        assertThat(instance(loaded, "generic_instance").maxTpm()).isEqualTo(300_000);
    }

    @Test
    void shouldPreferLongestMatchingInstanceName() throws Exception {
        LoadedSettings loaded = load(Map.of("API_INSTANCES", "a,a_b", "API_INSTANCE_A_API_KEY", "k", "API_INSTANCE_A_API_BASE", "https://a",
                "API_INSTANCE_A_B_API_KEY", "k", "API_INSTANCE_A_B_API_BASE", "https://b"));

        assertThat(instance(loaded, "a_b").apiBase()).hasToString("https://b");
    }

    @Test
    void shouldKeepHyphenatedModelNames() throws Exception {
        Map<String, String> variables = Example.variables("two-instances.env");
        variables.putAll(Example.variables("versions.env"));
        variables.put("API_INSTANCE_INSTANCE2_API_BASE", "https://instance2.openai.azure.com");

        LoadedSettings loaded = load(variables);

        assertThat(instance(loaded, "instance1").apiVersion()).contains("2024-08-01-preview");
        assertThat(instance(loaded, "instance1").modelDeployments()).containsOnly(
                Map.entry("gpt-4o-mini", "gpt4omini"), Map.entry("gpt-4o", "gpt4o"),
                Map.entry("gpt-4o-2024-11-20", "gpt4o-november"), Map.entry("gpt-4o-2024-08-06", "gpt4o-august"));
        assertThat(instance(loaded, "instance1").serves("gpt-4o-2024-11-20")).isFalse();
    }

    @Test
    void shouldReadSingleInstance() throws Exception {
        LoadedSettings loaded = load(Example.variables("single.env"));

        InstanceSettings single = instance(loaded, "default");
        assertThat(single.apiBase()).hasToString("https://your-instance.openai.azure.com");
        assertThat(single.apiVersion()).contains("2024-08-01-preview");
        assertThat(single.serves("anything")).isTrue();
    }

    @Test
    void shouldUseDefaultsForSingleInstance() throws Exception {
        LoadedSettings loaded = load(Map.of("API_KEY", "k", "API_BASE", "https://your-resource.openai.azure.com"));

        assertThat(instance(loaded, "default").apiVersion()).contains("2023-07-01-preview");
        assertThat(instance(loaded, "default").providerType()).isEqualTo("azure");
    }

    /** The default is older than what a portal shows, and Foundry does not have it. */
    @ParameterizedTest
    @CsvSource({"/models/chat/completions?api-version=2024-05-01-preview, 2024-05-01-preview", "/models,", "/openai/v1, v1", "/openai/v1/responses?api-version=preview, preview",
        "/openai/deployments/x/chat/completions?api-version=2025-01-01-preview, 2025-01-01-preview", "/openai/deployments/x, 2023-07-01-preview", "/team/models, 2023-07-01-preview"})
    void shouldTakeTheVersionOfTheAddressOfASingleInstance(String path, String version) throws Exception {
        Map<String, String> variables = Map.of("API_KEY", "k", "API_BASE", "https://apim.example.com" + path);

        assertThat(instance(load(variables), "default").apiVersion()).isEqualTo(Optional.ofNullable(version));
    }

    @Test
    void shouldApplyCommonModelMapToAzureInstancesThatDoNotMapTheModel() throws Exception {
        Map<String, String> variables = Example.variables("three-instances.env");
        variables.remove("API_INSTANCE_AZURE1_MODEL_MAP_GPT4O");
        variables.put("MODEL_MAP_GPT4O", "common-gpt4o");

        LoadedSettings loaded = load(variables);

        assertThat(instance(loaded, "azure1").deployment("gpt-4o")).isEqualTo("common-gpt4o");
        assertThat(instance(loaded, "azure2").deployment("gpt-4o")).isEqualTo("gpt-4o");
        assertThat(instance(loaded, "generic1").modelDeployments()).isEmpty();
    }

    @Test
    void shouldReadLimitsOfModels() throws Exception {
        LoadedSettings loaded = load(Map.of("API_INSTANCES", "east", "API_INSTANCE_EAST_API_KEY", "k", "API_INSTANCE_EAST_API_BASE", "https://x",
                "API_INSTANCE_EAST_SUPPORTED_MODELS", "gpt-4o,gpt-4o-mini", "API_INSTANCE_EAST_MODEL_LIMITS_GPT4O_TPM", "9000",
                "API_INSTANCE_EAST_MODEL_LIMITS_GPT-4O-MINI_RPM", "60"));

        assertThat(instance(loaded, "east").modelLimits()).containsOnly(
                Map.entry("gpt-4o", new InstanceSettings.ModelLimit(9000, 0)), Map.entry("gpt-4o-mini", new InstanceSettings.ModelLimit(0, 60)));
    }

    @Test
    void shouldStillServeAnyModelUnderCommonModelMap() throws Exception {
        LoadedSettings loaded = load(Map.of("API_KEY", "k", "API_BASE", "https://x", "MODEL_MAP_DEEPSEEK_R1", "DeepSeek-R1"));

        assertThat(instance(loaded, "default").deployment("deepseek-r1")).isEqualTo("DeepSeek-R1");
        assertThat(instance(loaded, "default").serves("gpt-4o")).isTrue();
        assertThat(instance(loaded, "default").models()).containsExactly("deepseek-r1");
    }

    @ParameterizedTest
    @CsvSource({
        "GPT4O, gpt-4o", "GPT35TURBO, gpt-3.5-turbo", "DEEPSEEK_R1, deepseek-r1",
        "CLAUDE_3_OPUS, claude-3-opus", "GPT-4O-2024-11-20, gpt-4o-2024-11-20", "MYMODEL41, my.model-4.1"})
    void shouldFindModelNamedByVariable(String suffix, String model) {
        assertThat(ModelNames.of(suffix, List.of("my.model-4.1"))).isEqualTo(model);
    }

    @Test
    void shouldReadEveryServerVariable() throws Exception {
        Map<String, String> variables = new HashMap<>(Map.of(
                "FOAP_HOST", "0.0.0.0", "FOAP_PORT", "8000", "FOAP_LOGLEVEL", "WARNING", "BASE_URL", "http://gateway.example/",
                "RATE_LIMIT_TPM", "5000", "REDIS_URL", "redis://localhost:6379", "USE_REDIS_RATE_LIMITER", "true",
                "MAX_BAD_KEYS", "7", "BLOCK_SECONDS", "60", "ERROR_BODY_MAX_BYTES", "512"));
        variables.put("ADMIN_TOKEN", "admin-secret");
        variables.put("REDIS_TIMEOUT", "0.3");
        variables.put("FEISHU_WEBHOOK_URL", "https://open.feishu.cn/hook/x");

        Settings settings = load(variables).settings();

        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.baseUrl()).isEqualTo("http://gateway.example");
        assertThat(settings.logging().level()).isEqualTo("WARN");
        assertThat(settings.logging().feishuWebhook().value()).isEqualTo("https://open.feishu.cn/hook/x");
        assertThat(settings.rateLimit().tpm()).isEqualTo(5000);
        assertThat(settings.rateLimit().redisUrl().value()).isEqualTo("redis://localhost:6379");
        assertThat(settings.rateLimit().redisTimeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(settings.clients().maxBadKeys()).isEqualTo(7);
        assertThat(settings.clients().block()).hasSeconds(60);
        assertThat(settings.admin().errorBodyMaxBytes()).isEqualTo(512);
        assertThat(settings.admin().token().value()).isEqualTo("admin-secret");
    }

    @Test
    void shouldPreferPlainNamesOverPrefixedOnes() throws Exception {
        Settings settings = load(Map.of("FOAP_PORT", "8000", "PORT", "8080", "FOAP_LOGLEVEL", "ERROR", "LOG_LEVEL", "INFO")).settings();

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.logging().level()).isEqualTo("INFO");
    }

    @Test
    void shouldLimitTokensByDefaultOnlyWhenSwitchedOn() throws Exception {
        assertThat(load(Map.of()).settings().rateLimit().tpm()).isZero();
        assertThat(load(Map.of("RATE_LIMIT_ENABLED", "true")).settings().rateLimit().tpm()).isEqualTo(30_000);
        assertThat(load(Map.of("RATE_LIMIT_ENABLED", "false")).settings().rateLimit().enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "yes", "on", "1"})
    void shouldLimitTokensByDefaultForEveryWordThatSwitchesOn(String word) throws Exception {
        assertThat(load(Map.of("RATE_LIMIT_ENABLED", word)).settings().rateLimit().tpm()).isEqualTo(30_000);
    }

    @ParameterizedTest
    @CsvSource({"'', 30000", "0, 0", "500, 500"})
    void shouldLimitTokensByDefaultUnlessTheFileSaysHowMany(String tpm, long limit) throws Exception {
        Environment environment = new Environment(Map.of("RATE_LIMIT_ENABLED", "true"), Path.of("/nonexistent"));

        assertThat(TestSettings.parse("rate_limit:\n  tpm: " + tpm + "\n", environment).rateLimit().tpm()).isEqualTo(limit);
    }

    @Test
    void shouldNotUseRedisWhenSwitchedOff() throws Exception {
        Map<String, String> variables = Map.of("REDIS_URL", "redis://localhost:6379", "USE_REDIS_RATE_LIMITER", "false");

        assertThat(load(variables).settings().rateLimit().redisUrl().isBlank()).isTrue();
    }

    @Test
    void shouldNotReplacePlaceholdersInsideVariables() throws Exception {
        LoadedSettings loaded = load(Map.of("API_KEY", "a${HOME}b", "API_BASE", "https://x"));

        assertThat(instance(loaded, "default").apiKey().value()).isEqualTo("a${HOME}b");
    }

    @Test
    void shouldRefuseVariableOfUnknownInstance() {
        assertThatThrownBy(() -> load(Map.of("API_KEY", "k", "API_INSTANCES", "azure1",
                "API_INSTANCE_AZURE1_API_BASE", "https://x", "API_INSTANCE_AZRUE1_MAX_TPM", "1")))
                .hasMessage("environment: API_INSTANCE_AZRUE1_MAX_TPM names no configured instance; did you mean \"API_INSTANCE_AZURE1\"?");
    }

    @Test
    void shouldIgnoreVariablesOfUnlistedInstances() throws Exception {
        Map<String, String> variables = Example.variables("three-instances.env");
        variables.put("API_INSTANCES", "azure1");

        assertThat(load(variables).settings().instances()).extracting(InstanceSettings::name).containsExactly("azure1");
    }

    @Test
    void shouldReportListedInstanceWithoutAddress() {
        assertThatThrownBy(() -> load(Map.of("API_INSTANCES", "azure1", "API_INSTANCE_AZURE1_API_KEY", "k")))
                .hasMessage("environment: API_INSTANCES: azure1 must have a value for api_base");
    }

    @Test
    void shouldReportVariableOfWrongValueAndUnknownKey() {
        assertThatThrownBy(() -> load(Map.of("API_INSTANCES", "a", "API_INSTANCE_A_API_KEY", "k", "API_INSTANCE_A_API_BASE", "https://x",
                "API_INSTANCE_A_WEIGHT", "heavy", "API_INSTANCE_A_MAX_TMP", "1")))
                .hasMessageContaining("environment: API_INSTANCE_A_WEIGHT \"heavy\" must be a whole number from 0 to 1000000")
                .hasMessageContaining("environment: API_INSTANCE_A_MAX_TMP is not a known key; did you mean \"max_tpm\"?");
    }
}
