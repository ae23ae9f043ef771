package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Chats that continue a spoken response. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpokenResponsesTest {

    private static final String WHOLE = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
            + "\"assistant\",\"content\":null,\"audio\":{\"id\":\"audio_NAME\",\"data\":\"AA==\",\"transcript\":\"Hi\"}},\"finish_reason\":\"stop\"}]}";
    private static final String CHUNK = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"delta\":DELTA,\"finish_reason\":FINISH}]}\n\n";

    private final ScriptedUpstream one = ScriptedUpstream.start().respond(request -> spoken("one", request.text()));
    private final ScriptedUpstream two = ScriptedUpstream.start().respond(request -> spoken("two", request.text()));
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
                routing: { strategy: round_robin, affinity: none }
                instances:
                  - { name: one, provider_type: generic, api_base: "%s" }
                  - { name: two, provider_type: generic, api_base: "%s" }
                """.formatted(one.uri(), two.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        one.close();
        two.close();
    }

    private static Reply spoken(String name, String request) {
        return request.contains("\"stream\":true") ? Reply.stream(
                CHUNK.replace("DELTA", "{\"role\":\"assistant\",\"content\":null,\"audio\":{\"id\":\"audio_s" + name + "\",\"transcript\":\"H\"}}").replace("FINISH", "null"),
                CHUNK.replace("DELTA", "{}").replace("FINISH", "\"stop\""), "data: [DONE]\n\n") : Reply.json(200, WHOLE.replace("NAME", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audio_", "audio_s"})
    void shouldGoToTheInstanceThatSpoke(String beginning) {
        String stream = beginning.equals("audio_s") ? "\"stream\":true," : "";
        for (int i = 0; i < 2; i++) {
            String speaker = instance(send(stream, "{\"role\":\"user\",\"content\":\"Hi\"}", "key-a"));
            String id = beginning + speaker;

            for (int turn = 0; turn < 3; turn++) {
                assertThat(instance(send("", "{\"role\":\"assistant\",\"audio\":{\"id\":\"" + id + "\"}}", "key-a"))).isEqualTo(speaker);
            }
            HttpResponse<String> foreign = send("", "{\"role\":\"assistant\",\"audio\":{\"id\":\"" + id + "\"}}", "key-b");
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.body()).contains("Audio with id '" + id + "' not found.");
        }
    }

    private HttpResponse<String> send(String members, String message, String key) {
        return gateway.post("/v1/chat/completions", "{\"model\":\"gpt-audio\"," + members + "\"modalities\":[\"text\",\"audio\"],\"audio\":{\"voice\":\"alloy\","
                + "\"format\":\"wav\"},\"messages\":[" + message + "]}", "api-key", key);
    }

    private static String instance(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.headers().firstValue("x-gateway-instance").orElseThrow();
    }
}
