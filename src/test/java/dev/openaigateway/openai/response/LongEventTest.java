package dev.openaigateway.openai.response;

import dev.openaigateway.openai.Usage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class LongEventTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100_000})
    void shouldReadTypeAndUsageForAnyPieceSize(int size) {
        String text = "event: x\ndata: {\"response\":{\"type\":\"inner\",\"text\":\"\\\"type\\\":\\\"no\\\"\",\"usage\":{\"input_tokens\":7,\"output_tokens\":2}},"
                + "\"data\":\"" + "A".repeat(1000) + "\",\"type\" : \"response.completed\"}";

        LongEvent event = read(text, size);

        assertThat(event.isComplete()).isTrue();
        assertThat(event.event().type()).isEqualTo("response.completed");
        assertThat(event.event().usage()).isEqualTo(new Usage(7, 2));
        assertThat(event.event().content()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":9}]},\"finish_reason\":\"stop\",\"index\":3}]}",
        "data: {\"choices\":[{\"index\":3,\"finish_reason\":\"stop\",\"delta\":{\"content\":\"\\\"finish_reason\\\":null\"}}]}"})
    void shouldReadTheFinishReasonOfAChoice(String text) {
        Choices choices = read(text, 5).event().choices();

        assertThat(choices.finished().get(3)).isTrue();
        assertThat(choices.allFinished(1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"type\":\"image_generation.completed\",\"b64_json\":\"AA", "data: {\"b64_json\":\"AA\",\"type\":\"image_gen", "data: ", ""})
    void shouldNotBeCompleteWhenCut(String text) {
        assertThat(read(text, 3).isComplete()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'type':'response.created','response':{'id':'resp_1','conversation':{'id':'conv_1'},'tools':[{'id':'x'}]}} | resp_1",
        "{'response':{'tools':[{'id':'x'}],'id':'resp_1'},'type':'response.completed'} | resp_1",
        "{'type':'response.output_item.done','item':{'id':'ig_1'}} | ",
        "{'id':'chatcmpl-1','choices':[]} | "})
    void shouldReadTheIdOfAResponse(String json, String id) {
        assertThat(read("data: " + json.replace('\'', '"'), 3).event().responseId()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "data: {'type':'response.created','response':{'type':'x','id' | response.created",
        "event: response.created#data: {'response':{'id':'resp_1','type':'x | response.created",
        "data: {'response':{'id':'resp_1','type':'x'}, 'type':'resp | ",
        "event: response.created | ",
        "data: | "})
    void shouldReadTheTypeFromTheBeginning(String text, String type) {
        byte[] bytes = ("#" + text).replace('\'', '"').replace('#', '\n').getBytes(StandardCharsets.UTF_8);

        assertThat(LongEvent.type(bytes, 1, bytes.length)).isEqualTo(type);
    }

    private static LongEvent read(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LongEvent event = new LongEvent();
        for (int from = 0; from < bytes.length; from += size) {
            event.see(bytes, from, Math.min(bytes.length, from + size));
        }
        return event;
    }
}
