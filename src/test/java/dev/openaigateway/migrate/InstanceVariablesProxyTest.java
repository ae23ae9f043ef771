package dev.openaigateway.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import static dev.openaigateway.migrate.Printed.instance;
import static dev.openaigateway.migrate.Printed.json;
import static dev.openaigateway.migrate.Printed.last;
import static org.assertj.core.api.Assertions.assertThat;

/** A proxy whose instances are set by environment variables. */
@GatewayTest
@ProcessTest
class InstanceVariablesProxyTest {

    private static final String CLAUDE = """
            {
                "model": "claude-3-opus",
                "messages": [
                  {
                    "role": "system",
                    "content": "You are a helpful assistant."
                  },
                  {
                    "role": "user",
                    "content": "Explain quantum computing in simple terms."
                  }
                ],
                "max_tokens": 500
              }""";

    private final ScriptedUpstream azure1 = ScriptedUpstream.start();
    private final ScriptedUpstream azure2 = ScriptedUpstream.start();
    private final ScriptedUpstream generic1 = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        List.of(azure1, azure2, generic1).forEach(ScriptedUpstream::close);
    }

    @Test
    void shouldSendAzureItsDeploymentInThePathAndNoModel() {
        start(Map.of());

        gateway.chat("gpt-3.5-turbo", "Authorization", "Bearer dummy-value");

        RecordedRequest sent = last(azure1);
        assertThat(sent.target()).startsWith("/openai/deployments/gpt-35-turbo/chat/completions?api-version=");
        assertThat(sent.header("api-key")).isEqualTo("your_azure_key_1");
        assertThat(sent.text()).isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");
    }

    @Test
    void shouldSendAGenericInstanceTheRequestUnchanged() {
        start(Map.of());

        assertThat(instance(gateway.post("/v1/chat/completions", CLAUDE))).isEqualTo("generic1");

        assertThat(last(generic1).target()).isEqualTo("/v1/chat/completions");
        assertThat(last(generic1).header("authorization")).isEqualTo("Bearer your_generic_key");
        assertThat(last(generic1).text()).isEqualTo(CLAUDE);
    }

    @Test
    void shouldCallTheSecondAzureInstanceWhenTheFirstIsRateLimited() {
        start(Map.of());
        azure1.respond(Reply.rateLimited("retry-after", "7"));

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("azure2");
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("azure2");

        assertThat(azure1.requests()).hasSize(1);
    }

    @Test
    void shouldSkipAnInstanceAtItsLimit() {
        start(Map.of("API_INSTANCE_AZURE1_MAX_TPM", "100", "API_INSTANCE_AZURE1_SETTLE", "none"));
        chatOf(90);

        assertThat(instance(chatOf(90))).isEqualTo("azure2");

        JsonNode full = json(gateway.get("/v1/instances/status"), 200).at("/instances/0");
        assertThat(azure1.requests()).hasSize(1);
        assertThat(full.at("/status").asText()).isEqualTo("rate_limited");
        assertThat(full.at("/tpm_usage_percent").asDouble()).isEqualTo(90.0);
        assertThat(full.at("/rate_limited_until").asDouble()).isGreaterThan(clock.instant().getEpochSecond() + 59);
        assertThat(full.at("/error_count").asInt()).isZero();
        assertThat(full.at("/last_error").isNull()).isTrue();
        assertThat(json(gateway.get("/v1/instances/status"), 200).at("/healthy_instances").asInt()).isEqualTo(2);
    }

    @Test
    void shouldSkipAnInstanceThatAcceptsOnlyShorterPrompts() {
        start(Map.of("API_INSTANCE_AZURE1_MAX_INPUT_TOKENS", "5"));

        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("azure2");
    }

    @Test
    void shouldShowTheStatusWithItsPrintedFields() {
        start(Map.of());
        gateway.chat("gpt-4o");

        JsonNode status = json(gateway.get("/v1/instances/status"), 200);

        assertThat(status.fieldNames()).toIterable().containsExactly(
                "status", "timestamp", "instances", "total_instances", "healthy_instances", "routing_strategy");
        assertThat(status.at("/instances")).hasSize(3).allSatisfy(one -> assertThat(one.fieldNames()).toIterable().containsExactly(
                "name", "provider_type", "status", "current_tpm", "max_tpm", "tpm_usage_percent", "error_count", "last_error",
                "rate_limited_until", "priority", "weight", "last_used", "supported_models"));
        assertThat(status.at("/timestamp").isIntegralNumber()).isTrue();
        assertThat(status.at("/instances/0/last_used").isFloatingPointNumber()).isTrue();
        assertThat(status.at("/instances/2/supported_models").toString())
                .isEqualTo("[\"claude-3-opus\",\"claude-3-sonnet\",\"claude-3-haiku\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failover", "priority", "round_robin", "weighted", "least_loaded", "model_specific"})
    void shouldSupportEachStrategy(String strategy) {
        start(Map.of("API_ROUTING_STRATEGY", strategy));

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(json(gateway.get("/stats/status"), 200).at("/routing_strategy").asText()).isEqualTo(strategy);
    }

    @ParameterizedTest
    @CsvSource({"gpt-4o, azure_instance", "gpt-3.5-turbo, azure_instance", "claude-3-opus, generic_instance",
        "claude-3-sonnet, generic_instance", "claude-3-haiku, generic_instance"})
    void shouldRouteByModel(String model, String expected) {
        start("model-specific.env", Map.of("https://your-azure.openai.azure.com", azure1.uri(), "https://api.openai.com", generic1.uri()), Map.of());

        assertThat(instance(gateway.chat(model))).isEqualTo(expected);
    }

    @Test
    void shouldServeASingleInstance() {
        start("single.env", Map.of("https://your-instance.openai.azure.com", azure1.uri()), Map.of("MODEL_MAP_GPT4O", "my-gpt4o"));

        gateway.chat("gpt-4o");

        assertThat(last(azure1).target()).isEqualTo("/openai/deployments/my-gpt4o/chat/completions?api-version=2024-08-01-preview");
        assertThat(last(azure1).header("api-key")).isEqualTo("your-api-key");
    }

    @Test
    void shouldServeASingleGenericInstance() {
        start("single.env", Map.of("https://your-instance.openai.azure.com", generic1.uri()), Map.of("API_PROVIDER_TYPE", "generic"));

        gateway.post("/v1/chat/completions", CLAUDE);

        assertThat(last(generic1).target()).isEqualTo("/v1/chat/completions");
        assertThat(last(generic1).header("authorization")).isEqualTo("Bearer your-api-key");
        assertThat(last(generic1).text()).isEqualTo(CLAUDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/completions", "completions", "embeddings"})
    void shouldSendDeepSeekToItsOwnPaths(String operation) {
        start(Map.of("MODEL_MAP_DEEPSEEK_R1", "DeepSeek-R1"));

        gateway.post("/v1/" + operation, TestGateway.chatBody("deepseek-r1"));

        assertThat(last(azure1).path()).isEqualTo("/deepseek/" + operation);
        assertThat(json(last(azure1).text()).at("/model").asText()).isEqualTo("DeepSeek-R1");
    }

    @Test
    void shouldKeepDeepSeekToTheInstancesThatListIt() {
        start(Map.of("MODEL_MAP_DEEPSEEK_R1", "DeepSeek-R1", "API_INSTANCE_AZURE2_SUPPORTED_MODELS", "gpt-4o,deepseek-r1"));
        gateway.post("/v1/chat/completions", TestGateway.chatBody("deepseek-r1"));
        assertThat(last(azure2).path()).isEqualTo("/deepseek/chat/completions");
        assertThat(azure1.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat/completions", "completions"})
    void shouldStream(String operation) {
        start(Map.of());
        generic1.enqueue(Reply.chatStream("one", "two"));

        HttpResponse<String> response = gateway.post("/v1/" + operation, "{\"model\":\"claude-3-opus\",\"stream\":true}");

        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.body()).contains("one", "two").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldLimitAllInstancesTogether() {
        start(Map.of("RATE_LIMIT_TPM", "100"));
        chatOf(90);
        assertThat(chatOf(90).statusCode()).isEqualTo(429);

        gateway.close();
        start(Map.of("RATE_LIMIT_TPM", "100", "RATE_LIMIT_ENABLED", "false"));
        chatOf(90);
        assertThat(chatOf(90).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShareLimitsThroughRedis() {
        Tries.oneOfThree(() -> {
            try (RedisProcess redis = RedisProcess.started()) {
                Map<String, String> shared = Map.of("USE_REDIS_RATE_LIMITER", "true", "REDIS_URL", redis.url(),
                        "API_INSTANCE_AZURE1_MAX_TPM", "100", "API_INSTANCE_AZURE1_SETTLE", "none");
                start(shared);
                try (TestGateway other = gateway) {
                    chatOf(90);
                    start(shared);

                    assertThat(instance(chatOf(90))).isEqualTo("azure2");
                }
            }
        });
    }

    private HttpResponse<String> chatOf(int tokens) {
        return gateway.post("/v1/chat/completions", TestGateway.chatBody("gpt-4o").replace("{\"model\"", "{\"max_tokens\":" + (tokens - 9) + ",\"model\""));
    }

    private void start(Map<String, String> more) {
        start("three-instances.env", Map.of("https://your-resource-1.openai.azure.com", azure1.uri(),
                "https://your-resource-2.openai.azure.com", azure2.uri(), "https://api.openai.com", generic1.uri()), more);
    }

    private void start(String example, Map<String, String> replacements, Map<String, String> more) {
        Map<String, String> variables = Printed.variables(example, replacements);
        variables.putAll(more);
        gateway = Printed.with(TestGateway.builder().clock(clock), variables).start();
    }
}
