package dev.openaigateway.openai.response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class SseDataTest {

    @ParameterizedTest
    @ValueSource(strings = {": comment\n\n", "\n", "event: ping\n\n", "database: x\n\n"})
    void shouldReturnNullForAnEventWithoutData(String event) {
        assertThat(in(event)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]\n\n", "data:[DONE]\n\n", "data: [DONE]\r\n\r\n", "id: 1\ndata: [DONE]\n\n", "data: [DONE]"})
    void shouldDetectTheDoneEvent(String event) {
        assertThat(in(event).isDone()).isTrue();
    }

    @Test
    void shouldKeepTheOtherLinesOfAnEventInWhichNothingIsMasked() {
        byte[] event = "id: 7\nevent: response.incomplete\ndata: {\"type\":\ndata: \"response.incomplete\"}\n\n".getBytes(StandardCharsets.UTF_8);

        assertThat(SseData.withErrors(event, error -> error)).isEqualTo(event);
    }

    @Test
    void shouldJoinSeveralDataLines() {
        SseData data = in("data: {\"choices\":[\r\ndata: {\"delta\":{\"content\":\"x\"}}\r\ndata:]}\r\n\r\n");

        assertThat(data.isDone()).isFalse();
        assertThat(data.read(null).content()).isTrue();
        assertThat(data.read(null).hasChoices()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {
        "{\"usage\":{\"prompt_tokens\":1}}                | true",
        "{\"usage\" : {}}                                 | true",
        "{\"usage\":null}                                 | false",
        "{\"choices\":[{\"finish_reason\":\"stop\"}]}     | true",
        "{\"choices\":[{\"finish_reason\":null}]}         | false",
        "{\"error\":{\"message\":\"x\"}}                  | true",
        "{\"error\":\"overloaded\"}                       | true",
        "{\"error\":null}                                 | false",
        "{\"type\":\"error\",\"message\":\"x\"}           | true",
        "{\"type\":\"response.failed\"}                   | true",
        "{\"type\":\"response.output_text.delta\"}        | false",
        "{\"content\":\"say \\\"usage\\\":{ or \\\"error\\\":{\"} | false",
        "{\"user\":\"usage\"}                             | false",
        "\"usage\"                                        | false"})
    void shouldDetectEventsWithUsageFinishReasonOrError(String json, boolean remarkable) {
        assertThat(in("data: " + json + "\n\n").isRemarkable()).isEqualTo(remarkable);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', value = {"{\"choices\":[]} | true", "{\"choices\":[ | false", "{\"a\":\"b | false", "[DONE] | true", "[DON | false"})
    void shouldReportWhetherAnUnclosedEventIsComplete(String data, boolean whole) {
        assertThat(in("data: " + data).isWhole()).isEqualTo(whole);
    }

    private static SseData in(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        return SseData.in(bytes, 0, bytes.length);
    }
}
