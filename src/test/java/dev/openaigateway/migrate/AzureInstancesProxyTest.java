package dev.openaigateway.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static dev.openaigateway.migrate.Printed.instance;
import static dev.openaigateway.migrate.Printed.json;
import static dev.openaigateway.migrate.Printed.last;
import static org.assertj.core.api.Assertions.assertThat;

/** A proxy that forwards requests in Azure's format to a list of endpoints in turn. */
@GatewayTest
class AzureInstancesProxyTest {

    private static final String TARGET = "/openai/deployments/gpt-4.1-nano/chat/completions?api-version=2025-01-01-preview";
    private static final String BODY = """
            {
                      "messages": [{"role":"developer","content":"You are an AI assistant that helps people find information."},{"role":"user","content":"hello"},{"role":"assistant","content":"Hello! How can I assist you today?"}],
                      "max_tokens": 1638,
                      "temperature": 0.7,
                      "frequency_penalty": 0,
                      "presence_penalty": 0,
                     \s
                      "top_p": 0.95,
                      "stop": null
                    }""";

    private final ScriptedUpstream eastus = ScriptedUpstream.start();
    private final ScriptedUpstream westus = ScriptedUpstream.start();
    private final ScriptedUpstream swedencentral = ScriptedUpstream.start();
    private TestGateway gateway;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        gateway.close();
        List.of(eastus, westus, swedencentral).forEach(ScriptedUpstream::close);
    }

    @Test
    void shouldForwardTheRequestUnchanged() {
        start(Map.of(), Map.of());

        assertThat(send("my-key-1").statusCode()).isEqualTo(200);

        assertThat(last(eastus).target()).isEqualTo(TARGET);
        assertThat(last(eastus).text()).isEqualTo(BODY);
        assertThat(last(eastus).header("api-key")).isEqualTo("XXXX");
    }

    @Test
    void shouldRotateThroughTheEndpoints() {
        start(Map.of(), Map.of());

        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            keys.add(instance(send("my-key-2")));
        }

        assertThat(keys.subList(0, 3)).doesNotHaveDuplicates();
        assertThat(keys.subList(3, 6)).isEqualTo(keys.subList(0, 3));
        assertThat(List.of(eastus, westus, swedencentral)).allSatisfy(upstream -> assertThat(upstream.requests()).hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 401, 403, 404})
    void shouldCallTheOthersInOrder(int status) {
        start(Map.of(), Map.of());
        eastus.respond(Reply.error(status, "no", "no"));
        westus.respond(Reply.error(status, "no", "no"));

        HttpResponse<String> response = send("my-key-1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("3");
        assertThat(last(swedencentral).header("api-key")).isEqualTo("ZZZZ");
        assertThat(last(swedencentral).text()).isEqualTo(BODY);
    }

    @Test
    void shouldReturnOtherErrorsAtOnce() {
        start(Map.of(), Map.of());
        String error = "{\"error\":{\"code\":\"content_filter\",\"message\":\"The response was filtered\"}}";
        eastus.respond(Reply.error(400, error));

        HttpResponse<String> response = send("my-key-1");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo(error);
        assertThat(westus.requests()).isEmpty();
    }

    @Test
    void shouldReportEveryAttemptWhenAllFail() {
        start(Map.of(), Map.of("ERROR_BODY_MAX_BYTES", "6"));
        eastus.respond(Reply.error(500, "boom", "a long story"));
        westus.respond(Reply.error(503, "boom", "down"));
        swedencentral.respond(Reply.error(500, "boom", "down"));

        JsonNode attempts = json(send("my-key-1"), 500).at("/error/attempts");

        assertThat(attempts.findValuesAsText("status")).containsExactly("500", "503", "500");
        assertThat(attempts.at("/0/reason").asText()).isEqualTo("responded with an error: a long...");
    }

    @Test
    void shouldBlockAnAddressThatGuessesKeys() {
        start(Map.of(), Map.of("MAX_BAD_KEYS", "2", "BLOCK_SECONDS", "90"));

        assertThat(send("guess-1").statusCode()).isEqualTo(401);
        assertThat(gateway.post(TARGET, BODY).statusCode()).as("a request without a key").isEqualTo(401);
        assertThat(send("guess-2").statusCode()).isEqualTo(401);

        HttpResponse<String> blocked = send("my-key-1");
        assertThat(blocked.statusCode()).isEqualTo(403);
        assertThat(blocked.headers().firstValue("retry-after")).hasValue("90");
        assertThat(eastus.requests()).isEmpty();
    }

    @Test
    void shouldUseTheHeadersOfTheFile() {
        start(Map.of("\"header_name\": \"api-key\"", "\"header_name\": \"x-upstream-key\"",
                "\"client_header_name\": \"api-key\"", "\"client_header_name\": \"x-client-key\""), Map.of());

        HttpResponse<String> response = gateway.post(TARGET, BODY, "x-client-key", "my-key-1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(last(eastus).header("x-upstream-key")).isEqualTo("XXXX");
        assertThat(last(eastus).header("api-key")).isNull();
        assertThat(last(eastus).header("x-client-key")).isNull();
    }

    @Test
    void shouldAcceptAnyoneWithoutAListOfKeys() {
        start(Map.of("[\"my-key-1\",\"my-key-2\"]", "[]"), Map.of());

        assertThat(send("whatever").statusCode()).isEqualTo(200);
        assertThat(gateway.post(TARGET, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldStreamUnderItsRequestId() {
        start(Map.of(), Map.of());
        eastus.enqueue(Reply.azureStream("Hello", "!"));

        HttpResponse<String> response = gateway.post(TARGET, BODY.replaceFirst("\\{", "{\"stream\":true,"), "api-key", "my-key-1", "x-request-id", "my-id");

        assertThat(response.body()).contains("\"Hello\"", "\"!\"").endsWith("data: [DONE]\n\n");
        assertThat(response.headers().firstValue("x-request-id")).hasValue("my-id");
        assertThat(last(eastus).header("x-request-id")).isEqualTo("my-id");
    }

    private HttpResponse<String> send(String key) {
        return gateway.post(TARGET, BODY, "api-key", key);
    }

    private void start(Map<String, String> changes, Map<String, String> variables) {
        Map<String, String> replacements = new HashMap<>(changes);
        replacements.put("https://eastus-xyz.openai.azure.com", eastus.uri());
        replacements.put("https://westus-xyz.openai.azure.com", westus.uri());
        replacements.put("https://swedencentral-abc.openai.azure.com", swedencentral.uri());
        Path file = folder.resolve("azure_instances.json");
        try {
            Files.writeString(file, Printed.text("azure_instances.json", replacements));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gateway = Printed.with(TestGateway.builder().variable("AZURE_PROXY_CONFIG", file.toString()), variables).start();
    }
}
