package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A response is announced with the instructions and tools of the request, which may be long. */
class LongAnnouncementTest extends TwoInstances {

    private static final int MEGABYTE = 1024 * 1024;
    private static final String DELTA = typed("response.output_text.delta", "\"delta\":\"a\"");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCallTheNextInstanceWhenAStreamBreaksOffAfterIt(boolean typeFirst) {
        String created = typeFirst ? announced("response.created", "resp_1", 3 * MEGABYTE / 2)
                : "event: response.created\ndata: {\"response\":{\"id\":\"resp_1\",\"tools\":\"" + "t".repeat(3 * MEGABYTE / 2) + "\"},\"type\":\"response.created\"}\n\n";
        first.enqueue(Reply.stream(created, announced("response.in_progress", "resp_1", 3 * MEGABYTE / 2), "data: {\"type\":\"keepalive\"}\n\n"));
        String whole = typed("response.created", "\"response\":{\"id\":\"resp_2\"}") + DELTA + completed("resp_2");
        second.enqueue(Reply.stream(whole));

        assertThat(stream()).isEqualTo(whole);
    }

    @Test
    void shouldCallTheNextInstanceWhenItIsCut() {
        first.enqueue(Reply.stream(announced("response.created", "resp_1", 3 * MEGABYTE).substring(0, 2 * MEGABYTE)));
        second.enqueue(Reply.stream(DELTA + completed("resp_2")));

        assertThat(stream()).isEqualTo(DELTA + completed("resp_2"));
    }

    /** The longer one is passed on while it arrives. */
    @ParameterizedTest
    @ValueSource(ints = {2, 34})
    void shouldRememberTheInstanceOfTheResponse(int megabytes) {
        String id = "resp_of_" + megabytes;
        String whole = announced("response.created", id, megabytes * MEGABYTE) + DELTA + typed("response.completed", "\"response\":{}");
        first.enqueue(Reply.error(500, "boom", "boom"));
        second.enqueue(Reply.stream(whole).inPieces(200_000), Reply.json(200, "{\"id\":\"" + id + "\",\"object\":\"response\"}"));
        assertThat(stream()).isEqualTo(whole);

        assertThat(instance(gateway.get("/v1/responses/" + id))).isEqualTo("second");
        assertThat(requestsToFirst()).as("requests to the other instance").isEqualTo(1);
    }

    private String stream() {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hi\"}")) {
            return client.response().text();
        }
    }

    private static String announced(String type, String id, int length) {
        return typed(type, "\"response\":{\"id\":\"" + id + "\",\"instructions\":\"" + "i".repeat(length) + "\",\"output\":[]}");
    }

    private static String completed(String id) {
        return typed("response.completed", "\"response\":{\"id\":\"" + id + "\",\"status\":\"completed\",\"output\":[]}");
    }

    private static String typed(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }
}
