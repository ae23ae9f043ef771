package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists below objects whose maker is unknown, such as one that was made by hand, or before a restart without Redis. */
@GatewayTest
class UnknownParentsTest {

    private static final String LIST = "{\"object\":\"list\",\"data\":[{\"id\":\"x1\",\"object\":\"entry\"}],\"first_id\":\"x1\",\"last_id\":\"x1\",\"has_more\":false}";

    private ScriptedUpstream upstream;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start();
        upstream.respond(Reply.json(200, LIST));
    }

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/threads/thread_out/messages", "/v1/threads/thread_out/runs/run_out/steps", "/v1/fine_tuning/jobs/ftjob-out/events",
        "/v1/fine_tuning/jobs/ftjob-out/checkpoints", "/v1/evals/eval_out/runs", "/v1/skills/skill_out/versions", "/v1/assistants/asst_out/files",
        "/v1/fine_tuning/checkpoints/ft:m:o::c1/permissions", "/v1/Threads/thread_out/messages", "/v1/things/a1b2/parts"})
    void shouldBeCompleteAtOnce(String path) {
        try (TestGateway gateway = gateway("first")) {
            for (int i = 0; i < 2; i++) {
                assertThat(get(gateway, path, "key-a").text()).isEqualTo(LIST);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/threads", "/v1/fine_tuning/jobs", "/v1/evals", "/v1/organization/audit_logs", "/v1/agents/sessions/list_all",
        "/v1/threads/runs", "/v1/organization/usage/vector_stores"})
    void shouldStayWithoutTheObjectsOfOtherKeysAtCollections(String path) {
        try (TestGateway gateway = gateway("first")) {
            assertThat(get(gateway, path, "key-a").text()).contains("\"data\":[]");
        }
    }

    /** A thread holds what was said, as a conversation does. */
    @ParameterizedTest
    @CsvSource({"first, thread_out, 200, 404", "any, thread_out, 200, 200", "none, thread_out, 404, 404", "first, thread_out7, 200, 404",
        "first, eval_out7, 200, 200", "none, eval_out7, 200, 200"})
    void shouldBelongToWhomTheSettingSays(String setting, String id, int ofFirst, int ofSecond) {
        try (TestGateway gateway = gateway(setting)) {
            String path = (id.startsWith("thread") ? "/v1/threads/" : "/v1/evals/") + id + "/runs";
            assertThat(get(gateway, path, "key-a").status()).isEqualTo(ofFirst);
            assertThat(get(gateway, path, "key-b").status()).isEqualTo(ofSecond);
        }
    }

    private TestGateway gateway(String unknown) {
        return TestGateway.start("""
                clients: { unknown_objects: %s, keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }
                instances:
                  - { name: only, provider_type: generic, api_key: k, api_base: "%s", passthrough: ["*"] }
                """.formatted(unknown, upstream.uri()));
    }

    private static RawResponse get(TestGateway gateway, String path, String key) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.get(path, "api-key: " + key).response();
        }
    }
}
