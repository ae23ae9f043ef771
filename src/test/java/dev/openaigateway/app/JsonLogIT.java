package dev.openaigateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The output of a gateway with {@code logging.format: json}, from start to stop. */
@ProcessTest
class JsonLogIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Newer JDKs warn on the same output about methods that libraries should not call. */
    private static final String FROM_THE_JVM = "WARNING: ";

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final ScriptedUpstream collector = ScriptedUpstream.start();

    @AfterEach
    void close() {
        first.close();
        second.close();
        collector.close();
    }

    private GatewayProcess start(String level) throws Exception {
        return GatewayProcess.start(GatewayFolder.copy().write("routes/instances.yaml", """
                logging: { level: %s, format: json }
                traces: { endpoint: "%s" }
                clients: { keys: [ { name: alice, key: the-key-of-alice } ] }
                instances:
                  - { name: first, provider_type: generic, api_key: the-key-of-first, api_base: "%s" }
                  - { name: second, provider_type: generic, api_key: the-key-of-second, api_base: "%s", priority: 200 }
                """.formatted(level, collector.uri(), first.uri(), second.uri())).path(), Checkout.jar());
    }

    @Test
    void shouldWriteOneObjectPerLineFromStartToEnd() throws Exception {
        List<JsonNode> lines;
        try (GatewayProcess gateway = start("INFO")) {
            gateway.await("serves 2 instances");
            first.enqueue(Reply.error(401, "invalid_api_key", "no"));
            response(gateway, "failed-over", "");
            first.enqueue(Reply.chatStream("the-response"));
            response(gateway, "streamed", "\"stream\":true,");
            gateway.await("\"streamed\"");
            gateway.stop();
            gateway.awaitEnd();
            lines = objects(gateway.output());
        }

        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            assertThat(line.path("level").asText()).isIn("INFO", "WARN");
            assertThat(line.path("message").asText()).isNotBlank();
        });
        assertThat(lines.get(0).path("logger").asText()).isEqualTo("dev.openaigateway");
        JsonNode alert = only(lines, "kind", "bad_instance_key");
        assertThat(alert.path("logger").asText()).isEqualTo("alert");
        assertThat(alert.path("level").asText()).isEqualTo("WARN");
        assertThat(alert.path("instance").asText()).isEqualTo("first");

        JsonNode whole = only(lines, "request_id", "failed-over");
        assertThat(whole.path("logger").asText()).isEqualTo("access");
        assertThat(whole.path("trace_id").asText()).matches("[0-9a-f]{32}");
        assertThat(whole.path("client").asText()).isEqualTo("alice");
        assertThat(whole.path("model").asText()).isEqualTo("gpt-4o");
        assertThat(whole.path("instance").asText()).isEqualTo("second");
        assertThat(whole.path("attempts").isInt()).isTrue();
        assertThat(whole.path("attempts").asInt()).isEqualTo(2);
        assertThat(whole.path("status").asInt()).isEqualTo(200);
        assertThat(whole.path("stream")).isEqualTo(JSON.getNodeFactory().booleanNode(false));
        assertThat(whole.path("prompt_tokens").asInt()).isPositive();
        assertThat(whole.path("completion_tokens").asInt()).isPositive();
        assertThat(whole.path("duration_ms").isDouble()).isTrue();
        assertThat(whole.path("first_token_ms").asDouble()).isPositive();

        JsonNode stream = only(lines, "request_id", "streamed");
        assertThat(stream.path("stream").asBoolean()).isTrue();
        assertThat(stream.path("first_token_ms").asDouble()).isPositive();
    }

    @Test
    void shouldWriteALineForARequestThatEndsWhileTheGatewayStops() throws Exception {
        Gate gate = new Gate();
        try (GatewayProcess gateway = start("INFO")) {
            gateway.await("serves 2 instances");
            first.enqueue(Reply.chatStream("one", "two").gated(gate));
            gate.release();
            try (RawClient client = send(gateway, "last-one", "\"stream\":true,")) {
                client.head();
                client.event();
                gateway.stop();
                Eventually.holds("the gateway stops", () -> refusesWork(gateway));
                gate.open();
                assertThat(client.response().text()).contains("[DONE]");
            }
            gateway.awaitEnd();

            assertThat(only(objects(gateway.output()), "request_id", "last-one").path("status").asInt()).isEqualTo(200);
        }
    }

    private static boolean refusesWork(GatewayProcess gateway) {
        try (RawClient client = send(gateway, "too-late", "")) {
            return client.response().status() == 503;
        }
    }

    @Test
    void shouldNeverWriteAKeyOrAPromptOrAResponse() throws Exception {
        List<String> output;
        try (GatewayProcess gateway = start("TRACE")) {
            gateway.await("serves 2 instances");
            first.enqueue(Reply.error(500, "boom", "the-error"));
            response(gateway, "whole", "");
            first.enqueue(Reply.chatStream("the-response"));
            response(gateway, "streamed", "\"stream\":true,");
            response(gateway, "unreadable", "the-broken-");
            first.enqueue(Reply.error(400, "bad", "the-refusal"));
            response(gateway, "refused", "");
            RawClient.connect(gateway.port()).request("POST", "/v1/chat/completions", new byte[0],
                    "api-key: the-unknown-key").response();
            gateway.await("\"status\":401");
            gateway.stop();
            gateway.awaitEnd();
            output = gateway.output();
        }

        assertThat(objects(output)).filteredOn(line -> line.path("logger").asText().equals("access")).hasSize(5);
        assertThat(output).noneMatch(line -> line.contains("the-"));
    }

    private static RawClient send(GatewayProcess gateway, String id, String more) {
        String body = "{" + more + "\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"the-prompt\"}]}";
        return RawClient.connect(gateway.port()).request("POST", "/v1/chat/completions",
                body.getBytes(StandardCharsets.UTF_8), "Authorization: Bearer the-key-of-alice", "x-request-id: " + id);
    }

    private static void response(GatewayProcess gateway, String id, String more) {
        try (RawClient client = send(gateway, id, more)) {
            client.response();
        }
    }

    private static JsonNode only(List<JsonNode> lines, String field, String value) {
        List<JsonNode> found = lines.stream().filter(line -> line.path(field).asText().equals(value)).toList();
        assertThat(found).as("%s among %s", value, lines).hasSize(1);
        return found.get(0);
    }

    private static List<JsonNode> objects(List<String> output) throws JsonProcessingException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : output) {
            if (!line.startsWith(FROM_THE_JVM)) {
                objects.add(JSON.readTree(line));
            }
        }
        assertThat(objects).isNotEmpty().allMatch(JsonNode::isObject);
        return objects;
    }
}
