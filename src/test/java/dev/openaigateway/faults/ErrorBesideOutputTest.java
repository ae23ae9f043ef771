package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Responses whose items or warnings name the upstream's key or host, whole and as streams, and what the gateway itself makes of them. */
class ErrorBesideOutputTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";
    private static final String MESSAGE = "data: {\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":{\"type\":\"message\",\"content\":["
            + "{\"type\":\"output_text\",\"text\":\"see HOST/v1\"}]}}\n\n";

    @ParameterizedTest
    @CsvSource({"POST /v1/responses, output", "POST /v1/responses/compact, output", "GET /v1/responses/resp_1, output", "GET /v1/responses/resp_1/input_items, data"})
    void shouldMaskTheErrorOfAnItem(String request, String list) {
        for (String said : new String[] {"401 from KEY", "cannot connect to HOST/mcp"}) {
            for (int length : new int[] {1, 1_300_000}) {
                String json = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"" + list + "\":[" + item(said) + ",{\"type\":\"message\",\"content\":["
                        + "{\"type\":\"output_text\",\"text\":\"see HOST/v1\"}]}],\"instructions\":\"Call HOST/v1\",\"padding\":\"" + "x".repeat(length) + "\"}";
                first.enqueue(Reply.json(200, sent(json)));

                assertThat(response(request, false)).isEqualTo(sent(json.replace(said, shown(said))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 from KEY", "cannot connect to HOST/mcp"})
    void shouldMaskWarningsInEventsOfAResponse(String said) {
        String warning = "\"warnings\":[{\"text\":\"" + said + "\"}]";
        String stream = created("\"instructions\":\"Call HOST/v1\"," + warning) + created(warning).replace("created", "in_progress")
                + "data: {\"type\":\"response.queued\"," + warning + "}\n\n" + delta() + itemDone(said)
                + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\"," + warning + ",\"output\":[" + item(said) + "]}}\n\n";
        first.enqueue(Reply.stream(sent(stream)));

        assertThat(response("POST /v1/responses", true)).isEqualTo(sent(stream.replace(said, shown(said))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 from KEY", "cannot connect to HOST/mcp"})
    void shouldMaskWhatTheGatewaysOwnLastEventRepeats(String said) {
        String begun = sent(created("\"warnings\":[\"" + said + "\"]") + itemDone(said) + MESSAGE);
        first.enqueue(Reply.stream(begun, DONE), Reply.stream(begun + delta()));

        assertThat(response("POST /v1/responses", true)).contains("event: response.completed\n", "\"warnings\":[\"" + shown(said), item(shown(said)))
                .contains("see " + first.uri()).doesNotContain(sent(said));
        assertThat(response("POST /v1/responses", true)).contains("event: response.failed\n", "\"status\":\"failed\",\"warnings\":[\"" + shown(said))
                .doesNotContain(sent(said));
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 from KEY", "cannot connect to HOST/mcp"})
    void shouldMaskWhyAResponseHasNotEndedWell(String said) {
        for (String member : new String[] {"incomplete_details", "status_details"}) {
            String incomplete = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"incomplete\",\"" + member + "\":{\"reason\":\"" + said + "\"},\"output\":[]}";
            String last = "event: response.incomplete\ndata: {\"type\":\"response.incomplete\",\"response\":" + incomplete + "}\n\n";
            first.enqueue(Reply.json(200, sent(incomplete)), Reply.stream(delta() + sent(last)));

            assertThat(response("POST /v1/responses", false)).isEqualTo(sent(incomplete.replace(said, shown(said))));
            assertThat(response("POST /v1/responses", true)).isEqualTo(delta() + sent(last.replace(said, shown(said))));
        }
    }

    /** What the model has generated, and what is of the request, is no error's. */
    @ParameterizedTest
    @ValueSource(strings = {"401 from KEY", "cannot connect to HOST/mcp"})
    void shouldMaskOnlyWhatAFailedResponseSaysOfItsError(String said) {
        String failed = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"" + said + "\"},\"output\":["
                + item(said) + ",{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"see HOST/v1\"}]}],\"instructions\":\"Call HOST/v1\",\"tools\":[\"HOST\"],"
                + "\"status_details\":{\"reason\":\"" + said + "\"},\"warnings\":[\"" + said + "\"]}";
        String last = "event: response.failed\ndata: {\"type\":\"response.failed\",\"response\":" + failed + ",\"note\":\"" + said + "\"}\n\n";
        first.enqueue(Reply.json(200, sent(failed)), Reply.json(200, sent(failed)), Reply.stream(delta() + sent(last)));

        assertThat(response("GET /v1/responses/resp_1", false)).isEqualTo(sent(failed.replace(said, shown(said))));
        assertThat(response("POST /v1/responses", false)).isEqualTo(sent(failed.replace(said, shown(said))));
        assertThat(response("POST /v1/responses", true)).isEqualTo(delta() + sent(last.replace(said, shown(said))));
    }

    private String response(String request, boolean stream) {
        String body = "{\"model\":\"m\",\"input\":\"Hi\"" + (stream ? ",\"stream\":true}" : "}");
        String path = request.split(" ")[1];
        if (!stream) {
            return request.startsWith("GET") ? gateway.get(path).body() : gateway.post(path, body).body();
        }
        try (RawClient client = client().post(path, body)) {
            return text(eventsOf(client));
        }
    }

    private static String created(String more) {
        return "data: {\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"status\":\"in_progress\"," + more + "}}\n\n";
    }

    private String delta() {
        return "data: {\"type\":\"response.output_text.delta\",\"delta\":\"at " + first.uri() + "\"}\n\n";
    }

    private static String itemDone(String said) {
        return "data: {\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item(said) + "}\n\n";
    }

    private static String item(String said) {
        return "{\"type\":\"mcp_call\",\"status\":\"failed\",\"arguments\":\"{}\",\"error\":{\"code\":401,\"message\":\"" + said + "\"}}";
    }

    private String sent(String text) {
        return text.replace("KEY", "key-of-first").replace("HOST", first.uri());
    }

    private static String shown(String said) {
        return said.replace("KEY", "****").replace("HOST", "http://****");
    }
}
