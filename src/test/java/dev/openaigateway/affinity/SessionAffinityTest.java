package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The requests of a session, and those with the same beginning, stay on the instance that served them. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionAffinityTest {

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private TestGateway gateway;
    private TestGateway keepingPrompts;

    @BeforeAll
    void start() {
        gateway = start("strategy: round_robin");
        keepingPrompts = start("strategy: weighted, affinity: prompt");
    }

    private TestGateway start(String routing) {
        return TestGateway.start("""
                routing: { %s }
                instances:
                  - { name: first, provider_type: generic, api_base: "%s" }
                  - { name: second, provider_type: generic, api_base: "%s" }
                """.formatted(routing, first.uri(), second.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        keepingPrompts.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void respond() {
        first.respond(Reply.chat("Hello"));
        second.respond(Reply.chat("Hello"));
        gateway.post("/admin/instances/first/reset", "");
        gateway.post("/admin/instances/second/reset", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-gateway-session", "X-Claude-Code-Session-Id", "session_id", "session-id", "thread-id", "conversation_id", "x-session-id",
        "x-session-affinity", "x-opencode-session"})
    void shouldKeepTheSessionOfAHeader(String header) {
        for (int session = 0; session < 2; session++) {
            Set<String> instances = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                instances.add(instance(gateway.chat("gpt-4o", header, header + "-" + session)));
            }
            assertThat(instances).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"prompt_cache_key\":\"c1\"", "\"prompt_cache_key\":\"c2\",\"user\":\"u\""})
    void shouldKeepTheSessionOfTheBody(String member) {
        Set<String> instances = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            instances.add(instance(chat(gateway, member)));
        }
        assertThat(instances).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"n\":1", "\"user\":\"one\"", "\"safety_identifier\":\"one\""})
    void shouldDistributeRequestsWithoutASession(String member) {
        Set<String> instances = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            instances.add(instance(chat(gateway, member)));
        }
        assertThat(instances).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"500, true", "429, false"})
    void shouldMoveTheSessionAfterAFailureButNotForAShortLimit(int status, boolean moves) {
        String session = "moving-" + status;
        String home = instance(gateway.chat("gpt-4o", "session_id", session));
        ScriptedUpstream upstream = home.equals("first") ? first : second;
        upstream.enqueue(Reply.error(status, "x", "x"));

        String other = instance(gateway.chat("gpt-4o", "session_id", session));
        assertThat(other).isNotEqualTo(home);
        gateway.post("/admin/instances/" + home + "/reset", "");

        for (int i = 0; i < 2; i++) {
            assertThat(instance(gateway.chat("gpt-4o", "session_id", session))).isEqualTo(moves ? other : home);
        }
    }

    @Test
    void shouldKeepPromptsWithTheSameBeginning() {
        String system = "You know the following. " + "fact ".repeat(2000);
        Set<String> instances = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            instances.add(instance(keepingPrompts.post("/v1/chat/completions", "{\"messages\":[{\"role\":\"system\",\"content\":\"" + system
                    + "\"},{\"role\":\"user\",\"content\":\"" + i + "\"}],\"model\":\"gpt-4o\"}")));
        }
        assertThat(instances).hasSize(1);
    }

    @Test
    void shouldDistributeShortPrompts() {
        Set<String> instances = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            instances.add(instance(keepingPrompts.chat("gpt-4o")));
        }
        assertThat(instances).hasSize(2);
    }

    private static HttpResponse<String> chat(TestGateway gateway, String member) {
        return gateway.post("/v1/chat/completions", TestGateway.chatBody("gpt-4o").replace("{\"model\"", "{" + member + ",\"model\""));
    }

    private static String instance(HttpResponse<String> response) {
        return response.headers().firstValue("x-gateway-instance").orElse("none");
    }
}
