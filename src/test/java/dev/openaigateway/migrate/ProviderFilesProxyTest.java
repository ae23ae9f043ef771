package dev.openaigateway.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static dev.openaigateway.migrate.Printed.json;
import static dev.openaigateway.migrate.Printed.last;
import static org.assertj.core.api.Assertions.assertThat;

/** A proxy with a folder of JSON files, each with providers, their models and the URL of each endpoint of a model. */
@GatewayTest
class ProviderFilesProxyTest {

    private final ScriptedUpstream openai = ScriptedUpstream.start();
    private final ScriptedUpstream azure = ScriptedUpstream.start();
    private final ScriptedUpstream another = ScriptedUpstream.start();
    private TestGateway gateway;

    @TempDir
    private Path configs;

    @AfterEach
    void stop() {
        gateway.close();
        openai.close();
        azure.close();
        another.close();
        Configurator.reconfigure();
    }

    @ParameterizedTest
    @CsvSource({"chat/completions, openai-gpt-4o, gpt-4o", "embeddings, openai-gpt-4o, text-embedding-ada-002",
        "images/generations, openai-dall-e-3, dall-e-3"})
    void shouldSendEachEndpointsOwnModel(String operation, String model, String target) throws IOException {
        startPrinted();

        HttpResponse<String> response = gateway.post("/v1/" + operation, "{\"model\":\"" + model + "\",\"input\":\"Hi\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(last(openai).target()).isEqualTo("/v1/" + operation);
        assertThat(last(openai).header("authorization")).isEqualTo("Bearer openai-secret");
        assertThat(last(openai).text()).isEqualTo("{\"model\":\"" + target + "\",\"input\":\"Hi\"}");
    }

    @Test
    void shouldCallTheAzureDeploymentInTheUrl() throws IOException {
        startPrinted();

        gateway.chat("azure-gpt-35-turbo");

        assertThat(last(azure).path()).isEqualTo("/openai/deployments/YOUR_DEPLOYMENT_NAME/chat/completions");
        assertThat(last(azure).header("api-key")).isEqualTo("azure-secret");
    }

    @Test
    void shouldServeAModelWithoutAPrefix() throws IOException {
        startPrinted();

        gateway.chat("custom-model-chat");

        assertThat(last(another).text()).isEqualTo(TestGateway.chatBody("super-chat-model-v2"));
        assertThat(last(another).header("authorization")).isEqualTo("Bearer other-secret");
    }

    @Test
    void shouldListModelsByTheirLocalNames() throws IOException {
        startPrinted();

        assertThat(json(gateway.get("/v1/models"), 200).findValuesAsText("id"))
                .containsExactlyInAnyOrder("openai-gpt-4o", "openai-dall-e-3", "azure-gpt-35-turbo", "custom-model-chat");
        assertThat(json(gateway.get("/v1/models/openai-gpt-4o"), 200).at("/object").asText()).isEqualTo("model");
        assertThat(gateway.get("/v1/models/gpt-4o").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldCallEachModelAtTheAzureResourceInItsUrl() throws IOException {
        start("""
                { "az": { "api_key_variable": "AZURE_OPENAI_KEY", "models": {
                  "east": { "endpoints": [ { "path": "v1/chat/completions", "target_model_name": "m",
                            "target_base_url": "FIRST/openai/deployments/east-chat" },
                          { "path": "v1/embeddings", "target_model_name": "m", "target_base_url": "OTHER/openai/deployments/embed" } ] },
                  "west": { "endpoints": [ { "path": "v1/chat/completions", "target_model_name": "m",
                            "target_base_url": "OTHER/openai/deployments/west-chat" } ] } } } }
                """.replace("FIRST", azure.uri()).replace("OTHER", another.uri()));

        gateway.chat("east");
        gateway.post("/v1/embeddings", "{\"model\":\"east\",\"input\":\"Hi\"}");
        gateway.chat("west");

        assertThat(azure.requests()).extracting(RecordedRequest::path).containsExactly("/openai/deployments/east-chat/chat/completions");
        assertThat(another.requests()).extracting(RecordedRequest::path)
                .containsExactly("/openai/deployments/embed/embeddings", "/openai/deployments/west-chat/chat/completions");
    }

    @Test
    void shouldServeEachEndpointWhereItIsListedAndNowhereElse() throws IOException {
        // given
        start("""
                { "p": { "api_key_variable": "OPENAI_API_TOKEN", "models": { "m": { "endpoints": [
                  { "path": "v1/chat/completions", "target_model_name": "chat", "target_base_url": "GENERIC" },
                  { "path": "/v1/embeddings/", "target_model_name": "e", "target_base_url": "AZURE/openai/deployments/embed" } ] } } } }
                """.replace("GENERIC", openai.uri()).replace("AZURE", azure.uri()));
        azure.respond(Reply.error(500, "boom", "down"));
        // when
        HttpResponse<String> chat = gateway.chat("m");
        HttpResponse<String> embedding = gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"Hi\"}");
        HttpResponse<String> moderation = gateway.post("/v1/moderations", "{\"model\":\"m\",\"input\":\"Hi\"}");
        // then
        assertThat(chat.statusCode()).isEqualTo(200);
        assertThat(embedding.statusCode()).as(embedding.body()).isEqualTo(500);
        assertThat(json(moderation, 404).at("/error/message").asText()).isEqualTo("The model `m` is not served at /v1/moderations.");
        assertThat(openai.requests()).extracting(RecordedRequest::path).containsExactly("/v1/chat/completions");
        assertThat(azure.requests()).extracting(RecordedRequest::path).containsExactly("/openai/deployments/embed/embeddings");
        assertThat(json(gateway.get("/admin/route?model=m&operation=embeddings"), 200).at("/candidates").findValuesAsText("why"))
                .containsExactlyInAnyOrder("goes first (priority 100)", "does not serve this operation of the model");
        assertThat(gateway.get("/admin/route?model=m&operation=nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldApplyEachEndpointsOwnTimeout() throws IOException {
        start("""
                { "p": { "api_key_variable": "OPENAI_API_TOKEN", "target_base_url": "BASE", "request_timeout": 20, "models": {
                  "m": { "endpoints": [ { "path": "v1/embeddings", "target_model_name": "m", "request_timeout": 0.3 },
                                        { "path": "v1/chat/completions", "target_model_name": "m" } ] } } } }
                """.replace("BASE", openai.uri()));
        openai.enqueue(Reply.chat("At last").after(Duration.ofMillis(900)), Reply.stall());

        assertThat(gateway.chat("m").statusCode()).as("timeout 20 s").isEqualTo(200);
        long begun = System.nanoTime();
        assertThat(gateway.post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"Hi\"}").statusCode()).as("timeout 0.3 s").isEqualTo(504);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void shouldCheckTheHealthOfAModelAtItsOwnUrl() throws IOException {
        start("""
                { "p": { "api_key_variable": "OPENAI_API_TOKEN", "target_base_url": "BASE", "models": {
                  "here": { "endpoints": [ { "path": "v1/chat/completions", "target_model_name": "m" } ] },
                  "there": { "endpoints": [ { "path": "v1/chat/completions", "target_model_name": "m",
                                              "target_base_url": "OTHER", "health_timeout": 0.3 } ] } } } }
                """.replace("BASE", openai.uri()).replace("OTHER", another.uri()));
        another.respond(Reply.stall());

        assertThat(json(gateway.get("/health/here"), 200).at("/status").asText()).isEqualTo("ok");
        assertThat(json(gateway.get("/health/there"), 503).at("/instances/0/detail").asText()).isEqualTo("cannot be reached");

        assertThat(last(openai).header("authorization")).isEqualTo("Bearer openai-secret");
        assertThat(openai.requests()).hasSize(1);
    }

    @Test
    void shouldNotNameTheHostOfAnEndpointInAnError() throws IOException {
        startPrinted();
        another.respond(Reply.error(500, "boom", "no model at " + another.uri()));

        assertThat(gateway.chat("custom-model-chat").body()).contains("no model at http://****").doesNotContain(":" + another.port());
    }

    @Test
    void shouldLogInJson() throws IOException {
        Path file = configs.resolve("gateway.log");
        Files.writeString(configs.resolve("p.json"), printed());
        gateway = builder().settings("logging: { format: json, file: \"%s\" }".formatted(file)).variable("FOAP_LOGLEVEL", "WARNING").start();
        gateway.close();
        assertThat(Files.readString(file)).as("no warning").isEmpty();

        gateway = builder().settings("logging: { format: json, file: \"%s\" }".formatted(file)).variable("FOAP_LOGLEVEL", "INFO").start();
        gateway.chat("custom-model-chat");
        gateway.close();

        JsonNode line = Files.readAllLines(file).stream().map(Printed::json)
                .filter(one -> one.at("/logger").asText().equals("access")).findFirst().orElseThrow();
        assertThat(line.at("/level").asText()).isEqualTo("INFO");
        assertThat(line.at("/time").asText()).endsWith("Z");
        assertThat(line.at("/model").asText()).isEqualTo("custom-model-chat");
        assertThat(line.at("/instance").asText()).isEqualTo("anotherProvider");
        assertThat(line.at("/operation").asText()).isEqualTo("chat/completions");
        assertThat(line.at("/stream").asBoolean(true)).isFalse();
    }

    private String printed() {
        return Printed.text("providers/openAI-example.json", Map.of("https://api.openai.com", openai.uri(),
                "https://YOUR_AZURE_RESOURCE.openai.azure.com", azure.uri(), "https://api.anotherprovider.com", another.uri()));
    }

    private void startPrinted() throws IOException {
        start(printed());
    }

    private void start(String json) throws IOException {
        Files.writeString(configs.resolve("p.json"), json);
        gateway = builder().start();
    }

    private TestGateway.Builder builder() {
        return TestGateway.builder().variable("FOAP_CONFIG_DIR", configs.toString()).variable("OPENAI_API_TOKEN", "openai-secret")
                .variable("AZURE_OPENAI_KEY", "azure-secret").variable("ANOTHER_PROVIDER_KEY", "other-secret");
    }
}
