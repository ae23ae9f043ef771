package dev.openaigateway.relay;

import dev.openaigateway.api.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class StreamEventTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}]}",
        "{\"choices\":[],\"prompt_filter_results\":[{\"content_filter_results\":{}}]}",
        "{\"type\":\"response.created\",\"response\":{\"usage\":null}}"})
    void shouldSeeNoContentInAPreamble(String json) {
        assertThat(read(json).content()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"choices\":[{\"delta\":{\"content\":\"x\"}}]}",
        "{\"choices\":[{\"delta\":{\"reasoning_content\":\"x\"}}]}",
        "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}",
        "{\"choices\":[{\"text\":\"x\"}]}",
        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"x\"}",
        "{\"choices\":[",
        "not json"})
    void shouldSeeContent(String json) {
        assertThat(read(json).content()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"x\"}}", "{\"error\":\"x\"}", "{\"type\":\"error\",\"message\":\"x\"}", "{\"type\":\"response.failed\"}"})
    void shouldSeeAnError(String json) {
        assertThat(read(json).error()).isTrue();
    }

    @Test
    void shouldReadUsage() {
        StreamEvent event = read("{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":1}}}");

        assertThat(event.usage()).isEqualTo(new Usage(9, 3));
        assertThat(event.content()).isFalse();
        assertThat(event.hasChoices()).isFalse();
    }

    @Test
    void shouldReadUsageOfTheResponsesApi() {
        assertThat(read("{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":5,\"output_tokens\":6}}}").usage())
                .isEqualTo(new Usage(5, 6));
    }

    private static StreamEvent read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return StreamEvent.read(bytes, 0, bytes.length, null);
    }
}
