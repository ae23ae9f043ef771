package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Members with the value null count as absent. They reach the upstream as they are. */
class NullMemberTest extends TwoInstances {

    private static final String ALL = "\"stream\":null,\"stream_options\":null,\"n\":null,\"max_tokens\":null,\"max_completion_tokens\":null,"
            + "\"stop\":null,\"tools\":null,\"tool_choice\":null,\"user\":null,\"metadata\":null,\"response_format\":null,\"functions\":null,"
            + "\"safety_identifier\":null,\"prompt_cache_key\":null,\"logit_bias\":null";

    @Override
    String settings() throws Exception {
        return super.settings() + """
                  - { name: azure, api_key: key-of-azure, api_base: "%s", priority: 3, model_deployments: { mapped: deployed } }
                """.formatted(second.uri());
    }

    @Override
    String ofInstances() {
        return ", max_tpm: 100000, supported_models: [gpt-4o, omni-moderation-latest]";
    }

    @Test
    void shouldTakeTheModelFromThePathWhereThatOfTheBodyIsNull() {
        RawResponse response = post("/openai/deployments/gpt-4o/chat/completions", "{\"model\":null,\"messages\":[]}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(last().text()).isEqualTo("{\"model\":\"gpt-4o\",\"messages\":[]}");
    }

    @Test
    void shouldLeaveOutANullModelForADeploymentInThePathOfTheUpstream() {
        assertThat(post("/openai/deployments/mapped/chat/completions", "{\"messages\":[],\"model\": null}").status()).isEqualTo(200);

        assertThat(second.requests().get(second.requests().size() - 1).text()).isEqualTo("{\"messages\":[]}");
    }

    @Test
    void shouldUseTheDefaultModelWhereTheModelIsNull() {
        assertThat(post("/v1/moderations", "{\"model\":null,\"input\":\"Hi\"}").status()).isEqualTo(200);

        assertThat(last().text()).contains("\"model\":\"omni-moderation-latest\"");
    }

    @Test
    void shouldReportANullModelAsMissing() {
        RawResponse response = post(CHAT, "{\"model\":null,\"messages\":[]}");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("\"code\":\"missing_required_parameter\"", "\"param\":\"model\"");
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions, messages", "/v1/completions, prompt", "/v1/embeddings, input", "/v1/responses, input",
        "/v1/images/generations, prompt", "/v1/audio/speech, input"})
    void shouldServeABodyFullOfNulls(String path, String prompt) {
        String body = "{\"model\":\"gpt-4o\"," + ALL + ",\"previous_response_id\":null,\"conversation\":null,\"stream_format\":null,\"" + prompt + "\":null}";

        RawResponse response = post(path, body);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(last().text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":null,\"refusal\":null,\"name\":null,\"audio\":null}",
        "{\"role\":null,\"content\":[null,{\"type\":\"text\",\"text\":null},{\"type\":null},{\"type\":\"image_url\",\"image_url\":null}]}",
        "null", "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[null,{\"function\":null},{\"function\":{\"name\":null,\"arguments\":null}}]}"})
    void shouldServeMessagesFullOfNulls(String message) {
        String body = "{\"model\":\"gpt-4o\",\"messages\":[" + message + "],\"tools\":[null,{\"type\":\"function\",\"function\":null}]}";

        RawResponse response = post(CHAT, body);
        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(last().text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"include_usage\":null}"})
    void shouldAskForTheUsageOfAStreamWhoseOptionsAreNull(String options) {
        post(CHAT, "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":null,\"stream_options\":" + options + "}");

        assertThat(last().text()).endsWith("\"stream_options\":{\"include_usage\":true}}");
    }

    private RawResponse post(String path, String body) {
        try (RawClient client = client().post(path, body)) {
            return client.response();
        }
    }

    private RecordedRequest last() {
        return first.requests().get(first.requests().size() - 1);
    }
}
