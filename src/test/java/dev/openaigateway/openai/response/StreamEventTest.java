package dev.openaigateway.openai.response;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.CountedChoices;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.UsageDetails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class StreamEventTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}]}",
        "{\"choices\":[],\"prompt_filter_results\":[{\"content_filter_results\":{}}]}",
        "{\"type\":\"response.created\",\"response\":{\"usage\":null}}"})
    void shouldFindNoContentInAPreamble(String json) {
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
    void shouldDetectContent(String json) {
        assertThat(read(json).content()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"x\"}}", "{\"error\":\"x\"}", "{\"type\":\"error\",\"message\":\"x\"}", "{\"type\":\"response.failed\"}"})
    void shouldDetectAnError(String json) {
        assertThat(read(json).error()).isNotNull();
    }

    @Test
    void shouldReadUsage() {
        StreamEvent event = read("{\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":1}}}");

        assertThat(event.usage()).isEqualTo(new Usage(9, 3, new UsageDetails(1, 0, 0, 0, 0, 0, 0, 0), null));
        assertThat(event.content()).isFalse();
        assertThat(event.hasChoices()).isFalse();
    }

    @Test
    void shouldReadUsageOfTheResponsesApi() {
        assertThat(read("{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":5,\"output_tokens\":6}}}").usage())
                .isEqualTo(new Usage(5, 6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'choices':[{'delta':{'content':'a','refusal':null}},{'text':'b'}]}                                      | a b",
        "{'choices':[{'delta':{'tool_calls':[{'id':'c1','type':'function','function':{'name':'f','arguments':'{}'}}]}}]} | f {}",
        "{'choices':[{'delta':{'function_call':{'name':'f','arguments':'{'}}}]}                                   | f {",
        "{'choices':[{'delta':{'content':[{'type':'text','text':'a'},'x',[1]]}}]}                                 | a",
        "{'choices':[{'message':{'audio':{'data':'AAAA','transcript':'a'}},'finish_reason':'stop'}]}              | a",
        "{'type':'response.output_text.delta','item_id':'i','delta':'a'}                                          | a",
        "{'type':'response.function_call_arguments.delta','delta':'{'}                                            | {",
        "{'type':'response.audio.delta','delta':'AAAA'}                                                           |",
        "{'type':'response.output_text.done','text':'a'}                                                          |",
        "{'id':'r','output':[{'type':'message','content':[{'type':'output_text','text':'a'}]},{'name':'f','arguments':'{}'}]} | a f {}"})
    void shouldCountTheTextOfTheResponse(String json, String texts) {
        // given
        List<String> counted = new ArrayList<>();
        byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);

        // when
        StreamEvent event = StreamEvent.read(bytes, 0, bytes.length, new CompletionCounter() {
            @Override
            public void add(CharSequence text) {
                counted.add(text.toString());
            }

            @Override
            public CountedChoices choices() {
                return new CountedChoices();
            }

            @Override
            public void markUnknown() {
            }

            @Override
            public boolean isUnknown() {
                return false;
            }

            @Override
            public Usage counted() {
                return new Usage(0, 0);
            }
        });

        // then
        assertThat(event).isEqualTo(StreamEvent.read(bytes, 0, bytes.length, null)).isNotSameAs(StreamEvent.UNREADABLE);
        assertThat(counted).isEqualTo(texts == null ? List.of() : List.of(texts.split(" ")));
    }

    private static StreamEvent read(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return StreamEvent.read(bytes, 0, bytes.length, null);
    }
}
