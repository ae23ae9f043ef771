package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An object of the Responses API is an answer, whatever its status and its error say. Four failures would open a breaker. */
class ResponseObjectTest extends TwoInstances {

    @Override
    String settings() throws Exception {
        return super.settings().replace("minimum_calls: 10000, window: 10000", "minimum_calls: 4, window: 4, open_for: 3600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_error", "rate_limit_exceeded", "insufficient_quota", "invalid_prompt", "invalid_api_key"})
    void shouldPassOnAFailedResponse(String code) {
        String failed = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"" + code + "\",\"message\":\"no\"},\"output\":[]}";
        first.respond(Reply.json(200, failed));
        for (int i = 0; i < 5; i++) {
            assertThat(get("/v1/responses/resp_1")).isEqualTo(failed);
            assertThat(post()).isEqualTo(failed);
        }
        assertThat(requestsToSecond()).isZero();
        assertThat(gateway.get("/admin/instances", ADMIN).body()).doesNotContainPattern("\"errors\":[1-9]");
    }

    @Test
    void shouldPassOnTheStreamOfAFailedResponseThatIsStored() {
        String stream = "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\"}}\n\n"
                + "data: {\"type\":\"response.failed\",\"response\":{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\"}}}\n\n";
        first.enqueue(Reply.stream(stream));

        assertThat(get("/v1/responses/resp_1?stream=true")).isEqualTo(stream);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldPassOnAResponseWithoutTheNameOfItsType() {
        String failed = "{\"id\":\"resp_1\",\"status\":\"failed\",\"output\":[],\"error\":{\"code\":\"server_error\",\"message\":\"no\"}}";
        first.enqueue(Reply.json(200, failed));

        assertThat(post()).isEqualTo(failed);
    }

    @Test
    void shouldFailOverWhenAnErrorComesInPlaceOfAResponse() {
        first.enqueue(Reply.json(200, "{\"error\":{\"code\":\"server_error\",\"message\":\"no\"}}"));
        second.enqueue(Reply.json(200, "{\"id\":\"good\"}"));

        assertThat(post()).isEqualTo("{\"id\":\"good\"}");
    }

    private String get(String path) {
        try (RawClient client = client().get(path)) {
            return ok(client.response());
        }
    }

    private String post() {
        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}")) {
            return ok(client.response());
        }
    }

    private static String ok(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return response.text();
    }
}
