package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** An instance does not have what a request refers to: the next one is asked, and no instance is marked. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateRefusalTest {

    private static final String REQUEST = "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String ANSWER = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],"
            + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1,\"total_tokens\":2}}";

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final ScriptedUpstream third = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                routing: { strategy: failover, retries: 1 }
                breaker: { window: 4, minimum_calls: 2 }
                instances:
                  - { name: first, provider_type: generic, api_base: "%s", max_tpm: 1000000 }
                  - { name: second, provider_type: generic, api_base: "%s", max_tpm: 1000000 }
                  - { name: third, provider_type: generic, api_base: "%s", max_tpm: 1000000 }
                """.formatted(first.uri(), second.uri(), third.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        first.close();
        second.close();
        third.close();
    }

    @BeforeEach
    void answerAtTheThird() {
        third.respond(Reply.json(200, ANSWER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "400 | \"invalid_encrypted_content\" | The encrypted content gAAA could not be verified.",
            "400 | null | The encrypted content for item rs_1 could not be verified. Reason: organization_id did not match.",
            "400 | null | Encrypted content could not be decrypted or parsed.",
            "400 | \"previous_response_not_found\" | Previous response with id 'resp_x' not found.",
            "404 | \"previous_response_not_found\" | Previous response with id 'resp_x' not found.",
            "404 | null | Item with id 'rs_1' not found. Items are not persisted when `store` is set to false.",
            "400 | null | Item with id 'rs_1' not found.",
            "404 | null | Conversation with id 'conv_1' not found.",
            "404 | null | Response with id 'resp_1' not found.",
            "400 | null | Invalid file_id: no such File object: file-1",
            "404 | null | Vector store with id [vs_1] not found.",
            "404 | \"404\" | Container with id 'cntr_1' not found."})
    void shouldAskEveryOtherInstanceWithoutAMark(int status, String code, String message) {
        refuse(status, code, message);

        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = gateway.post("/v1/responses", REQUEST);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("x-gateway-instance")).hasValue("third");
        }
        assertUnmarked();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "event: error\ndata: {\"type\":\"error\",\"code\":\"invalid_encrypted_content\",\"message\":\"could not be verified\",\"param\":null}\n\n",
            "data: {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"code\":\"previous_response_not_found\",\"message\":\"?\"}}\n\n"})
    void shouldAskTheNextInstanceAfterARefusalInsideAStream(String event) {
        first.respond(Reply.stream(event));
        second.respond(Reply.stream(event));
        third.respond(Reply.stream("data: {\"type\":\"response.completed\",\"response\":" + ANSWER + "}\n\n"));

        HttpResponse<String> response = gateway.post("/v1/responses", REQUEST.replace("{\"model\"", "{\"stream\":true,\"model\""));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("response.completed").doesNotContain("invalid_encrypted_content", "not_found");
        assertUnmarked();
    }

    @Test
    void shouldPassOnTheLastRefusalIfNoInstanceHasIt() {
        refuse(400, "\"invalid_encrypted_content\"", "The encrypted content gAAA could not be verified.");
        third.respond(Reply.json(400, "{\"error\":{\"message\":\"The encrypted content of the third could not be verified.\","
                + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_encrypted_content\"}}"));

        for (int i = 0; i < 4; i++) {
            HttpResponse<String> response = gateway.post("/v1/responses", REQUEST);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("of the third", "\"code\":\"invalid_encrypted_content\"");
        }
        assertUnmarked();
    }

    @ParameterizedTest
    @ValueSource(strings = {"The model `gpt-5` does not exist or you do not have access to it.", "Input should be a string."})
    void shouldNotTakeAnotherRefusalForMissingState(String message) {
        refuse(400, "null", message);
        int before = second.requests().size();

        HttpResponse<String> response = gateway.post("/v1/responses", REQUEST);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(message);
        assertThat(second.requests()).hasSize(before);
    }

    private void refuse(int status, String code, String message) {
        Reply refusal = Reply.json(status, "{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":\"input\",\"code\":"
                + code + "}}");
        first.respond(refusal);
        second.respond(refusal);
    }

    private void assertUnmarked() {
        String status = gateway.get("/admin/instances").body();
        assertThat(status).contains("\"error_count\":0").doesNotContainPattern("\"error_count\":[1-9]")
                .doesNotContain("\"breaker\":\"open\"", "\"breaker\":\"half_open\"");
        assertThat(gateway.metric("gateway_reservations_open")).isZero();
    }
}
