package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** All that a client creates goes to one resource, although the instances take turns. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HomesTest {

    private static final AtomicInteger IDS = new AtomicInteger();
    private static final AtomicInteger CLIENTS = new AtomicInteger();
    private static final Reply CREATED = (line, request) ->
            Reply.json(200, "{\"id\":\"made-" + IDS.incrementAndGet() + "\"}").writeTo(line, request);

    private final ScriptedUpstream one = ScriptedUpstream.start();
    private final ScriptedUpstream two = ScriptedUpstream.start();
    private final ScriptedUpstream scores = ScriptedUpstream.start();
    private TestGateway gateway;
    private String key;

    @BeforeAll
    void start() {
        StringBuilder keys = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            keys.append(i == 0 ? "" : ", ").append("{ name: client").append(i).append(", key: key-").append(i).append(" }");
        }
        gateway = TestGateway.start("""
                clients: { keys: [%s] }
                routing: { strategy: round_robin, affinity: none }
                instances:
                  - { name: one, provider_type: generic, api_key: k1, api_base: "%s", passthrough: [files, vector_stores, evals] }
                  - { name: two, provider_type: generic, api_key: k2, api_base: "%s", passthrough: [files, vector_stores, evals, uploads] }
                  - { name: scores, provider_type: generic, api_key: k3, api_base: "%s", passthrough: [score, containers] }
                """.formatted(keys, one.uri(), two.uri(), scores.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        one.close();
        two.close();
        scores.close();
    }

    @BeforeEach
    void create() {
        key = nextKey();
        for (ScriptedUpstream each : List.of(one, two, scores)) {
            each.respond(CREATED);
        }
    }

    @Test
    void shouldReturnHomeAfterAShortFailure() {
        for (int i = 0; i < 2; i++) {
            key = nextKey();
            String home = create("files");
            ScriptedUpstream away = home.equals("one") ? one : two;
            away.respond(Reply.error(503, "overloaded", "Try later."));
            assertThat(create("files")).isNotEqualTo(home);

            away.respond(CREATED);

            for (int j = 0; j < 3; j++) {
                assertThat(create("files")).isEqualTo(home);
                assertThat(create("vector_stores")).isEqualTo(home);
            }
        }
    }

    @Test
    void shouldKeepFilesTogetherAfterAScore() {
        assertThat(create("score")).isEqualTo("scores");
        String home = create("files");

        for (int i = 0; i < 3; i++) {
            assertThat(create("score")).isEqualTo("scores");
            assertThat(create("files")).isEqualTo(home);
            assertThat(create("vector_stores")).isEqualTo(home);
        }
    }

    @Test
    void shouldKeepAPathTogetherThatTheHomeDoesNotTake() {
        assertThat(create("containers")).isEqualTo("scores");
        String home = create("files");

        for (int i = 0; i < 3; i++) {
            assertThat(create("files")).isEqualTo(home);
            assertThat(create("containers")).isEqualTo("scores");
        }
    }

    @Test
    void shouldKeepFilesWithWhatWasCreatedBeforeThem() {
        String home = create("evals");

        for (int i = 0; i < 3; i++) {
            assertThat(create("files")).isEqualTo(home);
            assertThat(create("evals")).isEqualTo(home);
        }
    }

    /** Of a client that has created nothing. */
    private static String nextKey() {
        return "key-" + CLIENTS.getAndIncrement();
    }

    /** Returns the instance at which it was created. */
    private String create(String collection) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawResponse response = client.request("POST", "/v1/" + collection, "{}".getBytes(StandardCharsets.UTF_8), "api-key: " + key,
                    "Content-Type: application/json").response();
            assertThat(response.status()).isEqualTo(200);
            return response.header("x-gateway-instance");
        }
    }
}
