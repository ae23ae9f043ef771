package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
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

/** A parameter that the gateway adds does not break a call. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamUsageTest {

    private static final String FINISHED = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":7}}\n\n";
    private static final String ASKING = ",\"stream_options\":{\"include_usage\":true}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: asks, provider_type: generic, api_base: "%s", supported_models: [gpt-4o, o1] }
                  - { name: never, provider_type: generic, api_base: "%s", supported_models: [silent], stream_usage: never }
                """.formatted(upstream.uri(), upstream.uri()));
    }

    @BeforeEach
    void reset() {
        gateway.post("/admin/instances/asks/reset", "");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "400 | {\"error\":{\"message\":\"Unknown parameter: 'stream_options'.\",\"type\":\"invalid_request_error\",\"param\":\"stream_options\",\"code\":\"unknown_parameter\"}}",
        "400 | {\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\",\"type\":\"invalid_request_error\"}}",
        "422 | {\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\"}]}",
        "400 | {\"object\":\"error\",\"message\":\"[{'type': 'extra_forbidden', 'msg': 'Extra inputs are not permitted'}]\",\"code\":400}",
        "400 | {\"error\":{\"message\":\"Additional properties are not allowed ('stream_options' was unexpected)\"}}",
        "404 | {\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\",\"type\":\"invalid_request_error\"}}",
        "403 | {\"error\":{\"message\":\"stream_options not allowed\"}}",
        "500 | {\"error\":{\"message\":\"unexpected keyword argument 'stream_options'\",\"type\":\"internal\"}}",
        "501 | {\"error\":{\"message\":\"stream_options is not supported\"}}",
        "400 | {\"error\":\"json: unknown field \\\"stream_options\\\"\"}"})
    void shouldAskOnceMoreWithoutTheParameterAndRememberIt(int status, String body) {
        upstream.respond(request -> asks(request) ? Reply.error(status, body) : Reply.chatStream("Hi"));
        int before = upstream.requests().size();

        HttpResponse<String> first = stream("gpt-4o", "");
        HttpResponse<String> second = stream("gpt-4o", "");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("Hi").endsWith("data: [DONE]\n\n");
        assertThat(second.body()).contains("Hi");
        assertThat(upstream.requests()).hasSize(before + 3);
        stream("o1", "");
        assertThat(upstream.requests()).as("the other model is asked with it").hasSize(before + 5);
    }

    @Test
    void shouldPassOnARefusalOfTheClientsOwnParameter() {
        upstream.respond(request -> asks(request) ? Reply.error(400, "unknown_parameter", "Unknown parameter: 'stream_options'.") : Reply.chatStream("Hi"));
        int before = upstream.requests().size();

        HttpResponse<String> response = stream("gpt-4o", ASKING);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(upstream.requests()).hasSize(before + 1);
    }

    @Test
    void shouldPassOnARefusalThatHasAnotherCause() {
        upstream.respond(Reply.error(400, "{\"error\":{\"message\":\"Unknown parameter: 'foo'.\",\"param\":\"foo\"}}"));
        int before = upstream.requests().size();

        assertThat(stream("gpt-4o", ",\"foo\":1").statusCode()).isEqualTo(400);
        assertThat(upstream.requests()).hasSize(before + 1);

        upstream.respond(Reply.error(400, "{\"error\":{\"message\":\"Extra inputs are not permitted\"}}"));
        assertThat(stream("gpt-4o", ",\"foo\":1").statusCode()).as("asked once more, and no more").isEqualTo(400);
        assertThat(upstream.requests()).hasSize(before + 3);
        upstream.respond(Reply.chatStream("Hi"));
        stream("gpt-4o", "");
        assertThat(asks(upstream.requests().get(upstream.requests().size() - 1))).as("nothing was learnt from it").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker failed at {stream_options: {}}",
        "Unexpected error while processing {'model': 'm', 'stream': True, 'stream_options': {'include_usage': True}}"})
    void shouldNotAskOnceMoreAfterAServerErrorThatQuotesTheRequest(String message) {
        upstream.respond(Reply.error(500, "{\"error\":{\"message\":\"" + message + "\"}}"));
        int before = upstream.requests().size();

        assertThat(stream("gpt-4o", "").statusCode()).isEqualTo(500);
        assertThat(upstream.requests()).hasSize(before + 1);
    }

    @Test
    void shouldNotAskWhereTheSettingsSayNever() {
        upstream.respond(Reply.chatStream("Hi"));

        assertThat(stream("silent", "").statusCode()).isEqualTo(200);

        assertThat(asks(upstream.requests().get(upstream.requests().size() - 1))).isFalse();
    }

    @Test
    void shouldPassOnUsageThatItHasNotRequested() {
        String events = FINISHED + USAGE + "data: [DONE]\n\n";
        upstream.respond(request -> asks(request) ? Reply.error(400, "unknown_parameter", "Unknown parameter: 'stream_options'.") : Reply.stream(FINISHED, USAGE, "data: [DONE]\n\n"));

        assertThat(stream("silent", "").body()).isEqualTo(events);
        assertThat(stream("gpt-4o", "").body()).as("asked once more").isEqualTo(events);
        assertThat(stream("gpt-4o", "").body()).as("asked without the parameter").isEqualTo(events);
    }

    private HttpResponse<String> stream(String model, String more) {
        return gateway.post("/v1/chat/completions", "{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[]" + more + "}");
    }

    private static boolean asks(RecordedRequest request) {
        return request.text().contains("stream_options");
    }
}
