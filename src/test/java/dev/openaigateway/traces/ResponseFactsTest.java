package dev.openaigateway.traces;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseFactsTest {

    private final ResponseFacts facts = new ResponseFacts();

    private void read(String json) {
        facts.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldReadACompletionWithSeveralChoices() {
        read("""
                {"choices":[{"message":{"content":"x","id":"no","tool_calls":[{"id":"no"}]},"finish_reason":"stop"},{"finish_reason":"length","index":1}],
                 "id":"c1","model":"gpt-4o-2024","usage":{"model":"no"}}""");

        assertThat(facts.id()).isEqualTo("c1");
        assertThat(facts.model()).isEqualTo("gpt-4o-2024");
        assertThat(facts.finishReasons()).containsExactly("stop", "length");
    }

    @Test
    void shouldReadTheChunksOfAStream() {
        read("{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"assistant\"},\"finish_reason\":null}]}");
        read("{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}");
        read("{\"id\":\"c1\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":1}}");

        assertThat(facts.finishReasons()).containsExactly("tool_calls");
    }

    @Test
    void shouldReadTheEventsOfAResponse() {
        read("{\"type\":\"response.created\",\"response\":{\"id\":\"r1\",\"model\":\"m\",\"status\":\"in_progress\",\"output\":[]}}");
        read("{\"type\":\"response.output_item.done\",\"item\":{\"id\":\"no\",\"status\":\"completed\"}}");
        read("{\"type\":\"response.incomplete\",\"response\":{\"id\":\"r1\",\"output\":[{\"id\":\"no\",\"status\":\"completed\"}],\"status\":\"incomplete\"}}");

        assertThat(facts.id()).isEqualTo("r1");
        assertThat(facts.model()).isEqualTo("m");
        assertThat(facts.finishReasons()).containsExactly("incomplete");
    }

    @Test
    void shouldKeepWhatItReadBeforeJsonThatIsBroken() {
        read("{\"id\":\"c1\",\"model\":[{\"id\":\"no\"}],\"choices\":{\"finish_reason\":\"no\"},\"response\":[1],\"status\":");

        assertThat(facts.id()).isEqualTo("c1");
        assertThat(facts.model()).isNull();
        assertThat(facts.finishReasons()).isEmpty();
    }
}
