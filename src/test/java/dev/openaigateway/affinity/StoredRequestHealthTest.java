package dev.openaigateway.affinity;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked about something stored says nothing about the instance beyond the connection itself. */
@GatewayTest
class StoredRequestHealthTest {

    private static final String RESPONSE = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.start("""
                breaker: { window: 4, minimum_calls: 4 }
                instances:
                  - { name: east, provider_type: generic, api_base: "%s", supported_models: [gpt-4o] }
                """.formatted(upstream.uri()));
        answerStored(Reply.json(200, RESPONSE));
        assertThat(gateway.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"x\"}").statusCode()).isEqualTo(200);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 404, 429, 500, 503})
    void shouldNotCountTheAnswerAgainstTheInstance(int status) {
        answerStored(Reply.error(status, "x", "y").header("retry-after", "30"));
        for (int i = 0; i < 8; i++) {
            gateway.get("/v1/responses/resp_1");
        }

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/admin/instances").body()).contains("\"error_count\":0,\"last_error\":null").doesNotContain("\"open\"", "rate_limited\"");
        answerStored(Reply.json(200, RESPONSE));
        assertThat(gateway.get("/v1/responses/resp_1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldPassOnAConflictWithTheStateOfTheObject() {
        String conflict = "{\"error\":{\"message\":\"Cannot cancel a completed response.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";
        answerStored(Reply.json(409, conflict));

        HttpResponse<String> refused = gateway.get("/v1/responses/resp_1");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo(conflict);
    }

    @Test
    void shouldAskAboutStoredThingsWhileTheModelIsBenched() {
        upstream.respond(request -> isStored(request) ? Reply.json(200, RESPONSE) : Reply.rateLimited("retry-after", "30"));
        gateway.chat("gpt-4o");

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(429);
        assertThat(gateway.get("/v1/responses/resp_1").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotCountASuccessForTheModel() {
        upstream.respond(request -> isStored(request) ? Reply.json(200, RESPONSE) : Reply.error(500, "boom", "boom"));
        for (int i = 0; i < 4; i++) {
            gateway.chat("gpt-4o");
            gateway.get("/v1/responses/resp_1");
            gateway.get("/v1/responses/resp_1");
        }

        assertThat(gateway.get("/admin/instances").body()).contains("\"breaker\":\"open\"");
    }

    private void answerStored(Reply reply) {
        upstream.respond(request -> isStored(request) ? reply : request.path().endsWith("/responses") ? Reply.json(200, RESPONSE) : Reply.chat("ok"));
    }

    private static boolean isStored(RecordedRequest request) {
        return request.path().endsWith("resp_1");
    }
}
