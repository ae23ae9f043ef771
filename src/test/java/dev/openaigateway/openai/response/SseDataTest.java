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

        assertThat(SseData.withErrors(event, false, error -> error)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void shouldKeepTheOtherLinesOfAnEventWithSeveralLinesOfData(String lineBreak) {
        String event = "id: 7\nevent: x\ndata: {\ndata: \"error\": \"%s\",\n: comment\ndata:\"a\":1}\nretry: 5\n\n".replace("\n", lineBreak);

        String changed = new String(SseData.withErrors(event.formatted("key").getBytes(StandardCharsets.UTF_8), false, text -> new String(text, StandardCharsets.UTF_8)
                .replace("key", "****").getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);

        assertThat(changed).isEqualTo("id: 7\nevent: x\ndata: {\ndata: \"error\": \"****\",\ndata: \"a\":1}\n: comment\nretry: 5\n\n".replace("\n", lineBreak));
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
        "{\"message\":\"overloaded\"}                     | true",
        "{\"detail\":[{\"msg\":\"x\"}]}                   | true",
        "{\"message\":{\"content\":\"x\"},\"detail\":null} | false",
        "[{\"x\":1}]                                      | true",
        "{\"x\":                                          | true",
        "\"usage\"                                        | true"})
    void shouldDetectEventsWithUsageFinishReasonOrError(String json, boolean remarkable) {
        assertThat(in("data: " + json + "\n\n").isRemarkable()).isEqualTo(remarkable);
    }

    @Test
    void shouldFindALineThatClientsIgnore() {
        assertThat(in(": x\ndata: {}\n\n").isRemarkable()).isTrue();
        assertThat(in("id: 1\nretry: 2\nevent: x\ndata: {}\n\n").isRemarkable()).isFalse();
    }

    @Test
    void shouldChangeLinesThatClientsIgnore() {
        byte[] event = ": a\r\nx: b\r\nid: 7\r\ndata: {\"error\":1,\"choices\":[2]}\r\n\r\n".getBytes(StandardCharsets.UTF_8);

        assertThat(SseData.withErrors(event, false, error -> new byte[] {'0'})).asString(StandardCharsets.UTF_8)
                .isEqualTo("0\r\n0\r\nid: 7\r\ndata: {\"error\":0,\"choices\":[2]}\r\n\r\n");
    }

    /** llama.cpp writes an error as the field {@code error}. Other servers write its JSON as it is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "error: {\"code\":429,\"message\":\"m\"} | {\"error\":{\"code\":429,\"message\":\"m\"}}",
        "error:{\"error\":{\"message\":\"m\"}} | {\"error\":{\"message\":\"m\"}}",
        "data: {\"choices\":[]}#error: \"m\"#id: 1 | {\"error\":\"m\"}",
        "error: too \"much\" | {\"error\":\"too \\\"much\\\"\"}",
        "{\"error\":{\"message\":\"m\"}} | {\"error\":{\"message\":\"m\"}}",
        " [{#  \"error\":{\"message\":\"m\"}}]# | [{#  \"error\":{\"message\":\"m\"}}]"})
    void shouldReadAnErrorThatIsNoData(String event, String json) {
        SseData data = in(event.replace('#', '\n') + "\n\n");

        assertThat(data.read(null).error()).isNotNull();
        assertThat(data.isRemarkable()).isTrue();
        assertThat(new String(data.copyOfBytes(), StandardCharsets.UTF_8)).isEqualTo(json.replace('#', '\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error:\n\n", "error: null\n\n", "error: {\"code\":0,\"message\":\"success\"}\n\n", "error: {}\n\n", "error\n\n", "Error: x\n\n",
        "{\"choices\":[]}\n\n", "{\"error\":{\"mess\n\n", "upstream error\n\n"})
    void shouldFindNoErrorInOtherLines(String event) {
        assertThat(in(event)).isNull();
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
