package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Conversations of agents, in the shapes of their requests, before two resources that refuse what the other has made. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgentTurnsTest {

    private static final int TURNS = 5;
    private static final Pattern OUTPUT = Pattern.compile("\"status\":\"completed\",\"model\".*?\"output\":(\\[.*]),\"usage\"");
    private static final String QUESTION = "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Go on\"}]}";

    private TwoResources resources;

    @BeforeAll
    void start() {
        resources = new TwoResources("");
    }

    @AfterAll
    void stop() {
        resources.close();
    }

    /** Codex keeps nothing at the upstream: it sends all items back, the reasoning encrypted and without ids. */
    @Test
    void shouldServeCodex() {
        StringBuilder history = new StringBuilder(QUESTION);
        for (int turn = 0; turn < TURNS; turn++) {
            HttpResponse<String> response = send("{\"model\":\"gpt-5-codex\",\"instructions\":\"You are Codex\",\"input\":[" + history
                    + "],\"tools\":[],\"tool_choice\":\"auto\",\"parallel_tool_calls\":false,\"reasoning\":{\"effort\":\"medium\",\"summary\":\"auto\"},"
                    + "\"store\":false,\"stream\":true,\"include\":[\"reasoning.encrypted_content\"],\"prompt_cache_key\":\"0199\"}",
                    "originator", "codex_cli_rs", "accept", "text/event-stream", "session_id", "0199");
            history.append(",").append(withoutIds(items(response))).append(",").append(QUESTION);
        }
    }

    /** The AI SDK sends items with ids and encrypted reasoning back if the response was not stored. */
    @Test
    void shouldServeTheAiSdkWithoutStorage() {
        StringBuilder history = new StringBuilder(QUESTION);
        for (int turn = 0; turn < TURNS; turn++) {
            HttpResponse<String> response = send("{\"model\":\"gpt-5\",\"input\":[" + history
                    + "],\"store\":false,\"include\":[\"reasoning.encrypted_content\"],\"stream\":true}");
            history.append(",").append(items(response)).append(",").append(QUESTION);
        }
    }

    /** With storage it refers to items by their ids. */
    @Test
    void shouldServeTheAiSdkWithStorage() {
        StringBuilder history = new StringBuilder(QUESTION);
        for (int turn = 0; turn < TURNS; turn++) {
            HttpResponse<String> response = send("{\"model\":\"gpt-5\",\"input\":[" + history + "]}");
            String mark = TwoResources.mark(response);
            history.append(",{\"type\":\"item_reference\",\"id\":\"rs_").append(mark).append("\"},{\"type\":\"item_reference\",\"id\":\"msg_").append(mark)
                    .append("\"},").append(QUESTION);
        }
    }

    /** The Agents SDK continues the last response by its id. */
    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void shouldServeTheAgentsSdkWithAPreviousResponse(String stream) {
        String previous = "";
        for (int turn = 0; turn < TURNS; turn++) {
            HttpResponse<String> response = send("{\"include\":[],\"input\":[{\"content\":\"Go on\",\"role\":\"user\"}],\"model\":\"gpt-5\",\"stream\":" + stream
                    + ",\"tools\":[]" + previous + "}");
            previous = ",\"previous_response_id\":\"resp_" + TwoResources.mark(response) + "\"";
        }
    }

    /** Or it names a conversation, which it made elsewhere. */
    @Test
    void shouldServeTheAgentsSdkWithAConversation() {
        resources.two.store("conv_agent");
        for (int turn = 0; turn < TURNS; turn++) {
            HttpResponse<String> response = send("{\"conversation\":\"conv_agent\",\"include\":[],\"input\":[{\"content\":\"Go on\",\"role\":\"user\"}],"
                    + "\"model\":\"gpt-5\",\"tools\":[]}");
            assertThat(TwoResources.instance(response)).isEqualTo("two");
        }
    }

    /** A client that ignores its own storage: the refusal reaches it, so that it can send the whole input again. */
    @Test
    void shouldTellAClientWhatNoResourceHas() {
        HttpResponse<String> response = resources.gateway.post("/v1/responses",
                "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAA-elsewhere\"}]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"code\":\"invalid_encrypted_content\"");
    }

    private HttpResponse<String> send(String body, String... headers) {
        HttpResponse<String> response = resources.gateway.post("/v1/responses", body, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("\"error\"");
        return response;
    }

    private static String items(HttpResponse<String> response) {
        Matcher output = OUTPUT.matcher(response.body());
        assertThat(output.find()).as(response.body()).isTrue();
        return output.group(1).substring(1, output.group(1).length() - 1);
    }

    private static String withoutIds(String items) {
        return items.replaceAll("\"id\":\"(rs|msg)_[^\"]*\",", "");
    }
}
