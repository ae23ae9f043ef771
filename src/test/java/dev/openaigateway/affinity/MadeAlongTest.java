package dev.openaigateway.affinity;

import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What an upstream makes along with what it is asked for, or names only in a stream, belongs to the key that has asked. */
class MadeAlongTest extends PassedRequests {

    private static final String RUN = "{\"assistant_id\":\"asst_1\",\"thread\":{}}";
    private static final String STREAMED_RUN = "{\"assistant_id\":\"asst_1\",\"stream\":true}";

    @Override
    String passed() {
        return "passthrough: [\"*\"]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread_", "thread_abc"})
    void shouldGiveTheThreadOfARunToTheKeyThatMadeBoth(String begin) {
        String thread = begin + words();
        upstream.respond(Reply.json(200, "{\"id\":\"run_%d\",\"object\":\"thread.run\",\"thread_id\":\"%s\"}".formatted(IDS.incrementAndGet(), thread)));
        assertThat(post("/v1/threads/runs", "application/json", RUN, "key-a").status()).isEqualTo(200);

        assertBelongsToAlice("/v1/threads/" + thread);
    }

    @Test
    void shouldGiveWhatAStreamNamesToTheKeyThatMadeIt() {
        String thread = "thread_" + words();
        String run = "run_" + IDS.incrementAndGet();
        upstream.respond(Reply.stream("event: thread.created\ndata: {\"id\":\"" + thread + "\",\"object\":\"thread\"}\n\n",
                "event: thread.run.created\r\ndata: {\"id\":\"" + run + "\",\r\ndata:  \"object\":\"thread.run\",\"thread_id\":\"" + thread + "\"}\r\n\r\n",
                "event: done\ndata: [DONE]\n\n").inPieces(7));
        assertThat(post("/v1/threads/runs", "application/json", STREAMED_RUN, "key-a").status()).isEqualTo(200);

        assertBelongsToAlice("/v1/threads/" + thread);
        assertHidden("GET", "/v1/threads/" + IDS.incrementAndGet() + "/runs/" + run);
    }

    @Test
    void shouldGiveTheThreadOfAStreamedRunThatIsNotAnnouncedToTheKeyThatMadeIt() {
        String thread = "thread_" + words();
        upstream.respond(Reply.stream("data: {\"id\":\"run_x\",\"object\":\"thread.run\",\"thread_id\":\"" + thread + "\"}\n\n"));
        post("/v1/threads/runs", "application/json", STREAMED_RUN, "key-a");

        assertBelongsToAlice("/v1/threads/" + thread);
    }

    @Test
    void shouldRememberWhatALongEventBeginsWith() {
        String thread = "thread_" + words();
        upstream.respond(Reply.stream("data: {\"id\":\"" + thread + "\",\"object\":\"thread\",\"metadata\":\"" + "x".repeat(1_500_000) + "\"}\n\n"));
        post("/v1/threads/runs", "application/json", STREAMED_RUN, "key-a");

        assertBelongsToAlice("/v1/threads/" + thread);
    }

    @Test
    void shouldRememberWhatALongResponseBeginsWith() {
        String thread = "thread_" + words();
        upstream.respond(Reply.json(200, "{\"id\":\"run_l\",\"object\":\"thread.run\",\"thread_id\":\"" + thread + "\",\"metadata\":\""
                + "x".repeat(9_000_000) + "\"}"));
        assertThat(post("/v1/threads/runs", "application/json", RUN, "key-a").body().length).isGreaterThan(9_000_000);

        assertBelongsToAlice("/v1/threads/" + thread);
    }

    @Test
    void shouldGiveTheVectorStoreOfAnAssistantToTheKeyThatMadeBoth() {
        String store = "vs_" + IDS.incrementAndGet();
        upstream.respond(Reply.json(200, "{\"id\":\"asst_%d\",\"tool_resources\":{\"file_search\":{\"vector_store_ids\":[\"%s\"]}}}"
                .formatted(IDS.incrementAndGet(), store)));
        post("/v1/assistants", "application/json", "{\"tool_resources\":{\"file_search\":{\"vector_stores\":[{\"file_ids\":[]}]}}}", "key-a");

        assertHidden("GET", "/v1/vector_stores/" + store);
        assertThat(request("GET", "/v1/vector_stores/" + store, "key-a").status()).isEqualTo(200);
    }

    /** They may have been made by hand for all keys. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"/v1/threads/runs, {}, `{'id':'run_n','thread_id':'thread_n1','assistant_id':'NAME'}`, /v1/assistants/NAME",
        "/v1/assistants/asst_h1, {}, `{'id':'asst_h1','tool_resources':{'file_search':{'vector_store_ids':['NAME']}}}`, /v1/vector_stores/NAME",
        "/v1/assistants, `{'tool_resources':{'file_search':{'vector_store_ids':['NAME']}}}`, "
                + "`{'id':'asst_h2','tool_resources':{'file_search':{'vector_store_ids':['NAME']}}}`, /v1/vector_stores/NAME"})
    void shouldLeaveToAllKeysWhatAResponseOnlyRefersTo(String path, String sent, String response, String object) {
        String name = "by-hand-" + IDS.incrementAndGet();
        upstream.respond(Reply.json(200, response.replace('\'', '"').replace("NAME", name)));
        assertThat(post(path, "application/json", sent.replace('\'', '"').replace("NAME", name), "key-a").status()).isEqualTo(200);

        assertThat(request("GET", object.replace("NAME", name), "key-b").status()).isEqualTo(200);
    }

    @Test
    void shouldPassTheEventsOfAStreamUnchanged() {
        List<String> events = List.of("\uFEFFid: 7\r\ndata: {\"id\":\"a1\",\"object\":\"x\"}\r\n\r\n", ": comment\n\n", "retry: 5\rdata: [1\rdata: ,2]\r\r",
                "data: unfinished");
        upstream.respond(Reply.stream(events).inPieces(3));

        RawResponse stream = post("/v1/agents/run", "application/json", "{\"stream\":true}", "key-a");

        assertThat(stream.text()).isEqualTo(String.join("", events));
        assertThat(stream.header("content-type")).startsWith("text/event-stream");
        RecordedRequest sent = upstream.requests().get(upstream.requests().size() - 1);
        assertThat(sent.text()).isEqualTo("{\"stream\":true}");
    }

    private void assertBelongsToAlice(String thread) {
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            assertHidden(method, thread);
        }
        assertHidden("GET", thread + "/messages/msg_1");
        String messages = "{\"object\":\"list\",\"data\":[{\"id\":\"msg_1\",\"content\":\"Hi\"}],\"first_id\":\"msg_1\",\"last_id\":\"msg_1\",\"has_more\":false}";
        upstream.respond(Reply.json(200, messages));
        assertThat(request("GET", thread + "/messages", "key-a").text()).isEqualTo(messages);
    }

    private void assertHidden(String method, String path) {
        int before = upstream.requests().size();
        assertThat(request(method, path, "key-b").status()).as(method + " " + path).isEqualTo(404);
        assertThat(upstream.requests()).hasSize(before);
    }

    /** A number in letters, since ids without a digit exist. */
    private static String words() {
        return Integer.toString(IDS.incrementAndGet()).chars().mapToObj(digit -> String.valueOf((char) (digit - '0' + 'a'))).reduce("", String::concat);
    }
}
