package dev.openaigateway.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of a response with {@code [DONE]} in place of its last event. */
class UnendedResponseTest extends TwoInstances {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DONE = "data: [DONE]\n\n";
    private static final String CREATED = event("response.created", "'sequence_number':7,'response':{'id':'r','object':'response','status':'in_progress','model':'m','output':[]}");
    private static final String REASONING = added(0, "rs", "reasoning") + done(0, "rs", "reasoning");
    private static final String DELTA = event("response.output_text.delta", "'output_index':1,'delta':'Hi'");
    private static final String COMPLETED = ("{'id':'r','object':'response','status':'completed','model':'m','output':["
            + "{'id':'rs','type':'reasoning'},{'id':'m','type':'message'}]}").replace('\'', '"');

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCompleteTheResponse(boolean named) throws IOException {
        String stream = CREATED + REASONING + added(1, "m", "message") + DELTA + done(1, "m", "message");
        String sent = named ? stream.replaceAll("\"type\":\"response[^\"]*\",", "") : stream;
        first.enqueue(Reply.stream(sent, DONE), Reply.stream(sent, DONE), Reply.stream(sent + DONE.strip()));

        assertThat(response(true).text()).isEqualTo(sent + completed(13, COMPLETED) + DONE);
        assertThat(JSON.readTree(response(false).text())).isEqualTo(JSON.readTree(COMPLETED));
        assertThat(response(true).text()).as("without a blank line").isEqualTo(sent + completed(13, COMPLETED) + DONE);
    }

    @Test
    void shouldPutTheItemsInTheirOrder() throws IOException {
        String stream = CREATED + added(1, "m", "message") + added(0, "rs", "reasoning") + done(0, "rs", "reasoning") + done(1, "m", "message");
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).isEqualTo(stream + completed(12, COMPLETED) + DONE);
        assertThat(JSON.readTree(response(false).text())).isEqualTo(JSON.readTree(COMPLETED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'type':'response.usage','usage':{'input_tokens':5000,'output_tokens':7,'total_tokens':5007}",
        "'choices':[],'usage':{'prompt_tokens':5000,'completion_tokens':7}",
        "'type':'response.in_progress','response':{'usage':{'input_tokens':5000,'output_tokens':7,'total_tokens':5007}}"})
    void shouldRepeatTheUsage(String report) throws IOException {
        String stream = CREATED + done(0, "m", "message") + ("data: {" + report + "}\n\n").replace('\'', '"');
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));
        String usage = "{\"input_tokens\":5000,\"output_tokens\":7,\"total_tokens\":5007}";

        assertThat(response(true).text()).contains("\"usage\":" + usage + "}}\n\ndata: [DONE]");
        assertThat(JSON.readTree(response(false).text()).path("usage")).isEqualTo(JSON.readTree(usage));
    }

    @ParameterizedTest
    @ValueSource(strings = {"function_call", "custom_tool_call", "mcp_approval_request", "image_generation_call", "of_a_kind_to_come"})
    void shouldTakeACallForAResult(String type) throws IOException {
        String stream = CREATED + REASONING + done(1, "c", type);
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).contains("response.completed").endsWith(DONE);
        assertThat(JSON.readTree(response(false).text()).at("/output/1/type").asText()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotTakeReasoningForAResult(boolean afterMessage) {
        String stream = CREATED + (afterMessage ? done(0, "m", "message") : "") + REASONING;
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));
        second.enqueue(Reply.json(200, "{\"id\":\"good\"}"));

        assertThat(response(true).text()).contains("upstream_stream_error", "response.failed").doesNotContain("[DONE]");
        assertThat(response(false).text()).isEqualTo("{\"id\":\"good\"}");
    }

    /** Nothing is generated after an item that was cut off, also if it is reasoning. */
    @ParameterizedTest
    @ValueSource(strings = {"message", "function_call", "reasoning"})
    void shouldEndAsIncompleteAfterAnItemThatIs(String type) throws IOException {
        String stream = CREATED + done(0, "a", "message") + withStatus("incomplete", done(1, "b", type));
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).startsWith(stream + "event: response.incomplete\ndata: {\"type\":\"response.incomplete\"")
                .contains("\"status\":\"incomplete\",\"model\"").endsWith(DONE).doesNotContain("completed");
        assertThat(JSON.readTree(response(false).text()).path("status").asText()).isEqualTo("incomplete");
    }

    @Test
    void shouldTakeTheLastItemOfTheOutputForTheLastOne() throws IOException {
        String stream = CREATED + added(0, "rs", "reasoning") + added(1, "m", "message") + DELTA + done(1, "m", "message") + done(0, "rs", "reasoning");
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).isEqualTo(stream + completed(13, COMPLETED) + DONE);
        assertThat(JSON.readTree(response(false).text())).isEqualTo(JSON.readTree(COMPLETED));
    }

    @Test
    void shouldNotTakeAMessageBeforeTheLastReasoningForAResult() {
        String stream = CREATED + added(0, "m", "message") + done(1, "rs", "reasoning") + done(0, "m", "message");
        first.enqueue(Reply.stream(stream, DONE));

        assertThat(response(true).text()).contains("upstream_stream_error", "response.failed").doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndAsIncompleteAfterAnyItemThatIs(boolean isFirst) throws IOException {
        String call = done(1, "c", "function_call");
        String message = withStatus("incomplete", done(0, "m", "message"));
        String stream = CREATED + (isFirst ? message + call : call + message);
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).startsWith(stream + "event: response.incomplete\n").endsWith(DONE).doesNotContain("completed");
        assertThat(JSON.readTree(response(false).text()).path("status").asText()).isEqualTo("incomplete");
    }

    @Test
    void shouldCompleteAResponseWithAMessageAfterAFailedCall() throws IOException {
        String stream = CREATED + withStatus("failed", done(0, "a", "mcp_call")) + done(1, "b", "message");
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).contains("response.completed").endsWith(DONE);
        assertThat(JSON.readTree(response(false).text()).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void shouldReportAFailureAfterAFailedItem() {
        String stream = CREATED + done(0, "a", "message") + withStatus("failed", done(1, "b", "message"));
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));
        second.enqueue(Reply.json(200, "{\"id\":\"good\"}"));

        assertThat(response(true).text()).contains("upstream_stream_error", "response.failed").doesNotContain("[DONE]");
        assertThat(response(false).text()).isEqualTo("{\"id\":\"good\"}");
    }

    private static String withStatus(String status, String event) {
        return event.replace("'item':{".replace('\'', '"'), "'item':{'status':'".replace('\'', '"') + status + "\",");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000_000, 3_000_000})
    void shouldPassAsItIsWhatIsTooLongToBeRepeated(int length) throws IOException {
        String text = "\"text\":\"" + "x".repeat(length) + "\",";
        String stream = CREATED + done(0, "a", "message").replace("\"id\":", text + "\"id\":") + done(1, "b", "message").replace("\"id\":", text + "\"id\":");
        first.enqueue(Reply.stream(stream, DONE), Reply.stream(stream, DONE));

        assertThat(response(true).text()).isEqualTo(stream + DONE);
        assertThat(JSON.readTree(response(false).text()).path("output")).hasSize(2);
    }

    @Test
    void shouldPassAsItIsAResponseThatWasNotAnnounced() throws IOException {
        first.enqueue(Reply.stream(done(0, "m", "message"), DONE), Reply.stream(done(0, "m", "message"), DONE));

        assertThat(response(true).text()).isEqualTo(done(0, "m", "message") + DONE);
        assertThat(JSON.readTree(response(false).text()).at("/output/0/id").asText()).isEqualTo("m");
    }

    @Test
    void shouldAddNothingToAResponseThatGoesOnWithoutItsStream() {
        String stream = CREATED + done(0, "m", "message");
        first.enqueue(Reply.stream(stream, DONE));

        try (RawClient client = client().get("/v1/responses/r?stream=true")) {
            assertThat(client.response().text()).isEqualTo(stream + DONE);
        }
    }

    private static String completed(int number, String response) {
        return "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":" + number + ",\"response\":" + response + "}\n\n";
    }

    private static String added(int index, String id, String type) {
        return event("response.output_item.added", "'output_index':" + index + ",'item':{'id':'" + id + "','type':'" + type + "'}");
    }

    private static String done(int index, String id, String type) {
        return event("response.output_item.done", "'output_index':" + index + ",'item':{'id':'" + id + "','type':'" + type + "'}");
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members.replace('\'', '"') + "}\n\n";
    }

    private RawResponse response(boolean stream) {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":" + stream + ",\"input\":\"x\"}")) {
            return client.response();
        }
    }
}
