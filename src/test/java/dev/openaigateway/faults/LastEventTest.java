package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** The events with which upstreams end the stream of a response. */
class LastEventTest extends TwoInstances {

    private static final String BEGINNING = ("data: {'type':'response.created','response':{'id':'r'}}~"
            + "data: {'type':'response.output_item.added','item':{'type':'message','id':'m'}}~"
            + "data: {'type':'response.output_text.delta','delta':'Hi'}~").replace('\'', '"').replace("~", "\n\n");
    private static final String ITEM_DONE = "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\",\"id\":\"m\"}}\n\n";
    private static final String DONE = "data: {\"type\":\"response.done\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":[]}}\n\n";

    @ParameterizedTest
    @ValueSource(strings = {DONE, DONE + "data: [DONE]\n\n", ITEM_DONE + DONE, ITEM_DONE + "data: [DONE]\n\n"})
    void shouldPassAStreamThatEndsSo(String end) throws IOException {
        first.enqueue(Reply.stream(BEGINNING, end));

        assertThat(responseAsStream()).isEqualTo(BEGINNING + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", ITEM_DONE, ITEM_DONE + "data: {\"type\":\"response.output_item.added\",\"item\":{\"id\":\"n\"}}\n\ndata: [DONE]\n\n"})
    void shouldReportAStreamThatEndsBeforeItsItemsAreDone(String end) throws IOException {
        first.enqueue(Reply.stream(BEGINNING, end));

        assertThat(responseAsStream()).contains("upstream_stream_error", "response.failed").doesNotContain("[DONE]");
    }

    private String responseAsStream() throws IOException {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"x\"}")) {
            return client.response().text();
        }
    }
}
