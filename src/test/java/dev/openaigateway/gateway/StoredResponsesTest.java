package dev.openaigateway.gateway;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class StoredResponsesTest {

    private static final String NOT_FOUND = "{\"error\":{\"message\":\"Response not found.\",\"type\":\"invalid_request_error\",\"param\":\"id\",\"code\":null}}";

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final TestGateway gateway = TestGateway.start("""
            routing: { strategy: round_robin }
            instances:
              - { name: first, provider_type: generic, api_base: "%s", supported_models: [gpt-4o] }
              - { name: second, api_key: k, api_version: 2025-04-01-preview, api_base: "%s", supported_models: [gpt-4o] }
            """.formatted(first.uri(), second.uri()));

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "DELETE, ''", "POST, /cancel", "GET, /input_items"})
    void shouldCallTheInstanceThatCreatedIt(String method, String action) {
        first.respond(Reply.json(200, stored("resp_one")));
        second.respond(Reply.json(200, stored("resp_two")));
        create();
        create();

        for (int i = 0; i < 2; i++) {
            assertThat(send(method, "/v1/responses/resp_one" + action).header("x-gateway-instance")).isEqualTo("first");
            assertThat(send(method, "/v1/responses/resp_two" + action).header("x-gateway-instance")).isEqualTo("second");
        }
        RecordedRequest onFirst = last(first);
        assertThat(onFirst.method() + " " + onFirst.target()).isEqualTo(method + " /v1/responses/resp_one" + action);
        assertThat(last(second).target()).isEqualTo("/openai/responses/resp_two" + action + "?api-version=2025-04-01-preview");
    }

    @Test
    void shouldRememberTheInstanceOfALongResponse() {
        first.respond(Reply.json(200, stored("resp_long").replace("[]", "[\"" + "x".repeat(2_000_000) + "\"]")));
        create();
        first.respond(Reply.json(200, stored("resp_long")));
        second.respond(Reply.json(200, stored("resp_long")));

        for (int i = 0; i < 3; i++) {
            assertThat(send("GET", "/v1/responses/resp_long").header("x-gateway-instance")).isEqualTo("first");
        }
    }

    @Test
    void shouldForwardTheQuery() {
        send("GET", "/v1/responses/resp_x/input_items?limit=5&api-version=2020-01-01&include[]=a&after=b:c/d(e)|");

        assertThat(last(first).target()).isEqualTo("/v1/responses/resp_x/input_items?limit=5&include[]=a&after=b:c/d%28e%29%7C");
    }

    @Test
    void shouldRememberTheInstanceOfAStreamedResponse() {
        second.respond(Reply.stream("data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_s\"}}\n\n",
                "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}\n\n",
                "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_s\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}}\n\n"));
        first.respond(Reply.error(500, "boom", "boom"));
        gateway.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true}");
        first.respond(Reply.json(200, stored("resp_s")));
        second.respond(Reply.json(200, stored("resp_s")));

        for (int i = 0; i < 3; i++) {
            assertThat(send("GET", "/v1/responses/resp_s").header("x-gateway-instance")).isEqualTo("second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/input_tokens", "/compact"})
    void shouldContinueAResponseAtItsInstance(String action) {
        first.respond(Reply.json(200, stored("resp_one")));
        create();
        second.respond(Reply.json(200, stored("resp_two")));

        for (int i = 0; i < 3; i++) {
            var next = gateway.post("/v1/responses" + action, "{\"model\":\"gpt-4o\",\"input\":\"And?\",\"previous_response_id\":\"resp_one\"}");
            assertThat(next.headers().firstValue("x-gateway-instance")).hasValue("first");
        }
    }

    @ParameterizedTest
    @CsvSource({"resp_bGl0ZWxs=, resp_bGl0ZWxs=", "resp_bGl0ZWxs=, resp_bGl0ZWxs%3D", "resp_a:b, resp_a:b", "resp_a:b, resp_a%3Ab", "resp_a.b~c+d@e, resp_a.b~c+d@e"})
    void shouldReachAResponseByAnyIdOfAnUpstream(String id, String written) {
        second.respond(Reply.json(200, stored(id)));
        first.respond(Reply.error(500, "boom", "boom"));
        create();
        first.respond(Reply.json(200, stored(id)));

        for (int i = 0; i < 3; i++) {
            assertThat(send("GET", "/v1/responses/" + written).header("x-gateway-instance")).isEqualTo("second");
            assertThat(send("POST", "/v1/responses/" + written + "/cancel").header("x-gateway-instance")).isEqualTo("second");
        }
        assertThat(last(second).target().replace("%7E", "~")).startsWith("/openai/responses/" + id + "/cancel?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "%2E%2E", "a%2Fb", "a%20b"})
    void shouldNotPassAPathThatAnUpstreamMayReadOtherwise(String id) {
        int before = first.requests().size() + second.requests().size();

        assertThat(send("POST", "/v1/responses/" + id + "/cancel").status()).isEqualTo(404);

        assertThat(first.requests().size() + second.requests().size()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/input_tokens", "/compact"})
    void shouldContinueAResponseWithItsModelIfTheRequestNamesNone(String action) {
        first.respond(Reply.json(200, stored("resp_one")));
        create();

        var next = gateway.post("/v1/responses" + action, "{\"input\":\"And?\",\"previous_response_id\":\"resp_one\"}");

        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.headers().firstValue("x-gateway-instance")).hasValue("first");
    }

    @Test
    void shouldTryEveryInstanceForAnUnknownId() {
        first.respond(Reply.error(404, NOT_FOUND));
        second.respond(Reply.json(200, stored("resp_old")));

        for (int i = 0; i < 2; i++) {
            assertThat(send("GET", "/v1/responses/resp_old").header("x-gateway-instance")).isEqualTo("second");
        }
        second.respond(Reply.error(404, NOT_FOUND));
        RawResponse nowhere = send("GET", "/v1/responses/resp_none");
        assertThat(nowhere.status()).isEqualTo(404);
        assertThat(nowhere.text()).isEqualTo(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void shouldTakeAStoredResponseWithoutContentForMalformed(int status) {
        first.respond(Reply.body(status, "application/json", new byte[0]));
        second.respond(Reply.json(200, stored("resp_x")));

        for (int i = 0; i < 2; i++) {
            assertThat(send("GET", "/v1/responses/resp_x").header("x-gateway-instance")).isEqualTo("second");
        }
        assertThat(send("GET", "/v1/responses/resp_y/input_items").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "1", "%74rue"})
    void shouldStreamAStoredResponse(String stream) {
        String events = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_x\"}}\n\n";
        first.respond(Reply.stream(events));
        second.respond(Reply.stream(events));

        assertThat(send("GET", "/v1/responses/resp_x?stream=" + stream).text()).isEqualTo(events);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses/", "/openai/responses/", "/openai/v1/responses/"})
    void shouldTakeASlashAtTheEnd(String path) {
        first.respond(Reply.json(200, stored("resp_one")));

        assertThat(gateway.post(path, "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}").statusCode()).isEqualTo(200);
        assertThat(send("GET", path + "resp_one/").status()).isEqualTo(200);
        assertThat(last(first).target()).isEqualTo("/v1/responses/resp_one");
    }

    private void create() {
        assertThat(gateway.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}").statusCode()).isEqualTo(200);
    }

    private RawResponse send(String method, String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method, path, new byte[0]).response();
        }
    }

    private static RecordedRequest last(ScriptedUpstream upstream) {
        List<RecordedRequest> requests = upstream.requests();
        return requests.get(requests.size() - 1);
    }

    private static String stored(String id) {
        return "{\"id\":\"" + id + "\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"gpt-4o\",\"output\":[],"
                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"total_tokens\":3}}";
    }
}
