package dev.openaigateway.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import static dev.openaigateway.migrate.Printed.instance;
import static dev.openaigateway.migrate.Printed.json;
import static dev.openaigateway.migrate.Printed.last;
import static org.assertj.core.api.Assertions.assertThat;

/** A proxy with YAML files in {@code configs/}, Redis, and an admin API. */
@GatewayTest
@ProcessTest
class AdminApiProxyTest {

    private static final String STORY = """
            {
                "model": "gpt-4",
                "messages": [
                  {"role": "user", "content": "Tell me a story"}
                ],
                "stream": true
              }""";

    private static final String SECONDARY = """
            { name: azure-secondary, api_key: "${AZURE_API_KEY_SECONDARY}", api_base: "${AZURE_API_BASE_SECONDARY}", api_version: 2024-05-01-preview,
              weight: 5, supported_models: [gpt-4] }""";

    private final ScriptedUpstream primary = ScriptedUpstream.start();
    private final ScriptedUpstream secondary = ScriptedUpstream.start();
    private TestGateway gateway;

    @TempDir
    private Path configs;

    @AfterEach
    void stop() {
        gateway.close();
        primary.close();
        secondary.close();
    }

    @ParameterizedTest
    @CsvSource({"gpt-4, gpt-4-deployment", "gpt-4o, gpt-4o-deployment", "gpt-35-turbo, gpt-35-turbo"})
    void shouldServeTheModelsOfItsFolder(String model, String deployment) {
        start("");

        gateway.chat(model, "Authorization", "Bearer your-api-key");

        assertThat(last(primary).target()).isEqualTo("/openai/deployments/" + deployment + "/chat/completions?api-version=2024-05-01-preview");
        assertThat(last(primary).header("api-key")).isEqualTo("your-azure-api-key");
    }

    @Test
    void shouldStream() {
        start("");
        primary.enqueue(Reply.azureStream("Once", " upon"));

        HttpResponse<String> response = gateway.post("/v1/chat/completions", STORY, "Authorization", "Bearer your-api-key");

        assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        assertThat(response.body()).contains("Once", " upon").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldApplyTheEnvironmentsFileOverBase() {
        start("instances: [ { name: azure-primary, enabled: false }, " + SECONDARY + " ]");

        assertThat(instance(gateway.chat("gpt-4"))).isEqualTo("azure-secondary");
        assertThat(last(secondary).header("api-key")).isEqualTo("your-secondary-api-key");
        assertThat(json(gateway.get("/admin/instances"), 200).at("/instances/0/enabled").asBoolean()).isFalse();
    }

    @Test
    void shouldDisableAnInstanceByItsConfig() {
        start("instances: [ " + SECONDARY + " ]");

        json(gateway.put("/admin/instances/azure-primary/config", "{\"enabled\": false}"), 200);

        assertThat(json(gateway.get("/admin/instances"), 200).at("/instances/0/status").asText()).isEqualTo("disabled");
        assertThat(instance(gateway.chat("gpt-4"))).isEqualTo("azure-secondary");
        assertThat(primary.requests()).isEmpty();
    }

    @Test
    void shouldUseABenchedInstanceAgainAfterItsReset() {
        start("");
        primary.enqueue(Reply.rateLimited("retry-after", "600"));
        HttpResponse<String> limited = gateway.chat("gpt-4");
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("retry-after").orElseThrow()).isBetween("590", "600");
        assertThat(gateway.chat("gpt-4").statusCode()).isEqualTo(429);

        json(gateway.post("/admin/instances/azure-primary/reset", ""), 200);

        assertThat(gateway.chat("gpt-4").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldServeQueriesAboutUsage() {
        start("");
        gateway.chat("gpt-4");

        assertThat(json(gateway.get("/stats/"), 200).at("/total/requests").asInt()).isEqualTo(1);
        JsonNode instances = json(gateway.get("/stats/instances?instance=azure-primary"), 200).at("/instances");
        assertThat(instances).hasSize(1);
        assertThat(instances.at("/0/windows/5/tokens/total").asInt()).isEqualTo(21);
        JsonNode usage = json(gateway.get("/stats/usage?metric=tokens&window=60"), 200);
        assertThat(usage.at("/points")).hasSize(60);
        assertThat(usage.at("/points").findValuesAsText("value")).contains("21");
        assertThat(gateway.get("/health").body()).isEqualTo("{\"status\": \"ok\"}");
    }

    @Test
    void shouldMeasureMemoryProcessorAndConnections() {
        start("");
        gateway.chat("gpt-4");

        assertThat(gateway.get("/metrics").body()).contains("jvm_memory_used_bytes{", "process_cpu_usage ",
                "httpcomponents_httpclient_pool_total_connections{httpclient=\"upstream\",state=\"available\"} 1.0",
                "gateway_tokens_remaining{limit=\"instance\",name=\"azure-primary\"}");
    }

    @Test
    void shouldReportWhetherRedisIsAvailable() throws Exception {
        try (RedisProcess redis = RedisProcess.started()) {
            start("", Map.of("REDIS_URL", redis.url()));
            gateway.chat("gpt-4");
            Eventually.holds("Redis is available", () -> redis().equals("ok"));

            redis.kill();

            Eventually.holds("Redis is unavailable", () -> redis().equals("away"));
            assertThat(gateway.chat("gpt-4").statusCode()).isEqualTo(200);
        }
    }

    private String redis() {
        return json(gateway.get("/stats/health"), 200).at("/redis").asText();
    }

    private void start(String production) {
        start(production, Map.of());
    }

    private void start(String production, Map<String, String> more) {
        try {
            Files.writeString(configs.resolve("base.yaml"), Printed.text("weighted.yaml", Map.of()));
            Files.writeString(configs.resolve("production.yaml"), production);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> variables = new HashMap<>(Printed.variables("azure-variables.env", Map.of(
                "https://your-resource.openai.azure.com", primary.uri(), "https://your-secondary-resource.openai.azure.com", secondary.uri())));
        variables.keySet().removeAll(Set.of("PORT", "REDIS_URL"));
        variables.putAll(more);
        gateway = Printed.with(TestGateway.builder().variable("GATEWAY_CONFIG", configs.toString()), variables).start();
    }
}
