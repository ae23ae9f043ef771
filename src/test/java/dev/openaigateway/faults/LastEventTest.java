package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The events with which upstreams end the stream of a response. */
class LastEventTest extends TwoInstances {

    private static final String CREATED = "data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}\n\n";
    private static final String BEGINNING = CREATED + ("data: {'type':'response.output_item.added','item':{'type':'message','id':'m'}}~"
            + "data: {'type':'response.output_text.delta','delta':'Hi'}~").replace('\'', '"').replace("~", "\n\n");
    private static final String ITEM_DONE = "data: {\"type\":\"response.output_item.done\",\"item\":{\"type\":\"message\",\"id\":\"m\"}}\n\n";
    private static final String END = "event: response.done\ndata: {\"x\":1.50, \"type\": \"response.done\",\"response\":{\"id\":\"r\",%s\"output\":[]}}\n\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'status':'completed', | completed", "'status':'incomplete', | incomplete", "'status':'cancelled', | incomplete",
        "'status':'failed', | failed", "'status':'new', | completed", "'status':null, | completed", "`` | completed", "'error':{'message':'x'}, | failed"})
    void shouldNameTheLastEventByTheStatusOfTheResponse(String status, String name) {
        String end = END.formatted(status == null ? "" : status.replace('\'', '"'));
        String expected = end.replace("response.done", "response." + name);
        first.enqueue(Reply.stream(BEGINNING, end, "data: [DONE]\n\n"), Reply.stream(BEGINNING, ITEM_DONE, end),
                Reply.stream(BEGINNING, end.substring(end.indexOf("data"))), Reply.stream(BEGINNING, end.replace(" \"type\": \"response.done\",", "")));

        assertThat(response(true)).isEqualTo(BEGINNING + expected + "data: [DONE]\n\n");
        assertThat(response(true)).isEqualTo(BEGINNING + ITEM_DONE + expected);
        assertThat(response(true)).as("named in the data alone").isEqualTo(BEGINNING + expected);
        assertThat(response(true)).as("named beside the data").isEqualTo(BEGINNING + expected.replace(" \"type\": \"response." + name + "\",", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.done", "response.failed"})
    void shouldFailOverWhenAResponseFailsBeforeItsContent(String type) {
        String failed = ("data: {'type':'" + type + "','response':{'id':'r','status':'failed','error':{'code':'server_error','message':'x'},'output':[]}}\n\n").replace('\'', '"');
        first.enqueue(Reply.stream(CREATED, failed), Reply.stream(CREATED, failed));
        second.enqueue(Reply.stream(BEGINNING, END.formatted("")), Reply.json(200, "{\"id\":\"good\"}"));

        assertThat(response(true)).startsWith(BEGINNING).endsWith("\"output\":[]}}\n\n");
        assertThat(response(false)).isEqualTo("{\"id\":\"good\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.done", "response.failed"})
    void shouldMaskTheErrorOfAResponseThatFailsAfterItsContent(String type) {
        String failed = ("data: {'type':'" + type + "','response':{'status':'failed','error':{'message':'key-of-first'},'output':[]}}\n\n").replace('\'', '"');
        first.enqueue(Reply.stream(BEGINNING, failed), Reply.stream(BEGINNING, failed));

        assertThat(response(true)).contains("response.failed").doesNotContain("key-of-first");
        assertThat(response(false)).contains("\"status\":\"failed\"").doesNotContain("key-of-first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "data: [DONE]\n\n", ITEM_DONE, ITEM_DONE + "data: {\"type\":\"response.output_item.added\",\"item\":{\"id\":\"n\"}}\n\ndata: [DONE]\n\n"})
    void shouldReportAStreamThatEndsBeforeItsItemsAreDone(String end) {
        first.enqueue(Reply.stream(BEGINNING, end));

        assertThat(response(true)).contains("upstream_stream_error", "response.failed").doesNotContain("[DONE]");
    }

    private String response(boolean stream) {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":" + stream + ",\"input\":\"x\"}")) {
            return client.response().text();
        }
    }
}
