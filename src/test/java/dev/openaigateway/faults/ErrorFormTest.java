package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Errors inside a stream have the form of its protocol, with the code and the message of the upstream. */
class ErrorFormTest extends TwoInstances {

    private static final String CREATED = "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
            + "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"in_progress\",\"model\":\"m\",\"output\":[]}}\n\n";
    private static final String DELTA = "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"delta\":\"a\"}\n\n";
    private static final String TOO_LONG = "\"code\":\"context_length_exceeded\",\"message\":\"Your input exceeds the context window.\"";

    @ParameterizedTest
    @ValueSource(strings = {
        "data: {\"error\":{\"type\":\"invalid_request_error\",\"param\":\"input\"," + TOO_LONG + "}}\n\n",
        "data: {\"type\":\"error\",\"param\":\"input\"," + TOO_LONG + "}\n\n",
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"param\":\"input\"," + TOO_LONG + "}}\n\n",
        "event: error\ndata: {\"param\":\"input\"," + TOO_LONG + "}\n\n",
        "data: {\"object\":\"error\",\"param\":\"input\",\"type\":\"BadRequestError\"," + TOO_LONG + "}\n\n",
        "event: error\ndata: {\"type\":\"invalid_request_error\",\"param\":\"input\"," + TOO_LONG + "}\n\n",
        "event: error\r\ndata: {\"error\":{\"param\":\"input\",\r\ndata: " + TOO_LONG + "}}\r\n\r\n"})
    void shouldReportAnErrorOfAResponseInItsForm(String error) {
        first.enqueue(Reply.stream(CREATED, DELTA, error));

        List<SseEvent> events = responseEvents();

        assertThat(events).hasSize(4);
        assertThat(events.get(2).raw()).startsWith("event: error\ndata: {\"type\":\"error\",").contains(TOO_LONG)
                .contains("\"param\":\"input\"", "\"sequence_number\":2").doesNotContain("\"error\":{");
        assertThat(events.get(3).raw()).isEqualTo("event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":3,"
                + "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"failed\",\"model\":\"m\",\"output\":[],"
                + "\"error\":{" + TOO_LONG + "}}}\n\n");
    }

    /** Without a code the upstream's type takes its place. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"500 | \"500\"", "null | \"InternalServerError\"", "'' | \"InternalServerError\"", "'insufficient_quota' | \"insufficient_quota\""})
    void shouldReportAFlatErrorWithoutAnAnnouncement(String sent, String code) {
        first.enqueue(Reply.stream(DELTA, "data: {\"object\":\"error\",\"message\":\"EngineCore failed\",\"type\":\"InternalServerError\",\"param\":null,\"code\":"
                + (sent.isEmpty() ? "\"\"" : sent.startsWith("i") ? "\"" + sent + "\"" : sent) + "}\n\n", "data: [DONE]\n\n"));

        List<SseEvent> events = responseEvents();

        assertThat(events).hasSize(2);
        assertThat(events.get(1).raw()).startsWith("event: error\ndata: {\"type\":\"error\",\"code\":" + code + ",\"message\":\"EngineCore failed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "data: {\"error\":{" + TOO_LONG + "}}\n\n",
        "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{" + TOO_LONG + "}}}\n\n"})
    void shouldRespondWithTheCodeOfARefusalAfterAResponseWasAnnounced(String error) {
        first.enqueue(Reply.stream(CREATED, error));

        try (RawClient client = responses()) {
            RawResponse response = client.response();
            assertThat(response.status()).as("the announcement waits for content").isEqualTo(400);
            assertThat(response.text()).startsWith("{\"error\":{").contains("\"code\":\"context_length_exceeded\"");
        }
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldRespondWithTheCodeOfARefusalBeforeAnyEvent() {
        first.enqueue(Reply.stream("data: {\"type\":\"response.failed\",\"response\":{\"status\":\"failed\",\"error\":{" + TOO_LONG + "}}}\n\n"));

        try (RawClient client = responses()) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).startsWith("{\"error\":{").contains("\"code\":\"context_length_exceeded\"", "Your input exceeds the context window.");
        }
    }

    @Test
    void shouldReportACutResponseInItsForm() {
        first.enqueue(Reply.stream(CREATED, DELTA));

        List<SseEvent> events = responseEvents();

        assertThat(events.get(2).data()).startsWith("{\"type\":\"error\",\"code\":\"upstream_stream_error\"");
        assertThat(events.get(3).data()).contains("\"type\":\"response.failed\"", "\"code\":\"upstream_stream_error\"");
    }

    @Test
    void shouldEndAResponseThatFailsWithItsOwnEvent() {
        String failed = "data: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{" + TOO_LONG + "}}}\n\n";
        first.enqueue(Reply.stream(CREATED, DELTA, failed));

        assertThat(text(responseEvents())).isEqualTo(CREATED + DELTA + failed);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "data: {\"error\":{\"type\":\"x\"," + TOO_LONG + "}}\n\n",
        "data: {\"type\":\"error\"," + TOO_LONG + "}\n\n",
        "event: error\ndata: {" + TOO_LONG + "}\n\n",
        "data: {\"object\":\"error\"," + TOO_LONG + "}\n\n"})
    void shouldReportAnErrorOfAChatAsAnErrorObject(String error) {
        first.enqueue(Reply.stream(event("half"), error, "data: [DONE]\n\n"));

        assertThat(text(events())).startsWith(event("half") + "data: {\"error\":{").contains("\"code\":\"context_length_exceeded\"",
                "\"message\":\"Your input exceeds the context window.\"").doesNotContain("[DONE]");
    }

    @Test
    void shouldReportAnErrorInPlainTextAsAnErrorObject() {
        first.enqueue(Reply.stream(event("half"), "event: error\ndata: overloaded\n\n"));

        assertThat(text(events())).startsWith(event("half") + "data: {\"error\":{\"message\":\"overloaded\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\"\"", "null", "{\"message\":\"\",\"code\":null}", "[]", "false"})
    void shouldNotTakeAnEmptyErrorBesideContentForOne(String empty) {
        String whole = event("a").replace("{\"choices\"", "{\"error\":" + empty + ",\"choices\"")
                + lastEvent().replace("{\"choices\"", "{\"error\":" + empty + ",\"choices\"");
        first.enqueue(Reply.stream(whole), Reply.json(200, "{\"error\":" + empty + ",\"choices\":[{\"index\":0,\"message\":{}}]}"));

        assertThat(text(events())).isEqualTo(whole);
        assertThat(instance(chat())).isEqualTo("first");
    }

    /** Several providers send it with each response. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":0,\"message\":\"success\"}", "{\"code\":\"0\",\"message\":\"ok\",\"param\":null,\"request_id\":\"a7\"}",
        "{\"code\":200,\"msg\":\"Success.\"}", "{\"code\":0,\"message\":null,\"request_id\":\"a7\"}", "\"success\"", "0", "{\"message\":\"成功\"}"})
    void shouldNotTakeAnErrorThatSaysSuccessForOne(String success) {
        String alone = "data: {\"error\":" + success + "}\n\n";
        String whole = alone + event("a").replace("{\"choices\"", "{\"error\":" + success + ",\"choices\"") + alone
                + lastEvent().replace("{\"choices\"", "{\"error\":" + success + ",\"choices\"");
        first.enqueue(Reply.stream(whole), Reply.json(200, "{\"error\":" + success + ",\"choices\":[{\"index\":0,\"message\":{}}]}"), Reply.json(200, "{\"error\":" + success + "}"));

        assertThat(text(events())).isEqualTo(whole);
        assertThat(instance(chat())).isEqualTo("first");
        assertThat(instance(chat())).as("without a result").isEqualTo("second");
    }

    /** A code of 0 is that of a server which has no other, and 200 that of its HTTP response. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":0,\"message\":\"Internal error\"}", "{\"code\":500,\"message\":\"success\"}", "{\"code\":200,\"type\":\"server_error\"}",
        "{\"request_id\":\"a7\"}", "\"no success\"", "{\"message\":{\"text\":\"success\"}}", "true"})
    void shouldTakeAnErrorBesideContentForOneUnlessItSaysSuccess(String error) {
        first.enqueue(Reply.json(200, "{\"error\":" + error + ",\"choices\":[{\"index\":0,\"message\":{}}]}"),
                Reply.stream(event("a").replace("{\"choices\"", "{\"error\":" + error + ",\"choices\"")));

        assertThat(instance(chat())).isEqualTo("second");
        second.enqueue(Reply.stream(event("b"), lastEvent()));
        assertThat(text(events())).startsWith(event("b"));
    }

    private RawClient responses() {
        return client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello!\"}");
    }

    private List<SseEvent> responseEvents() {
        try (RawClient client = responses()) {
            return eventsOf(client);
        }
    }
}
