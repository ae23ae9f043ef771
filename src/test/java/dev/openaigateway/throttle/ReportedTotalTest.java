package dev.openaigateway.throttle;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The charge and the record of responses whose total is more than prompt and completion, as where reasoning is in the total only. */
class ReportedTotalTest extends OneLimitedInstance {

    private static final String CHAT = "/v1/chat/completions";
    private static final String STREAM = "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":50,\"total_tokens\":1059}";
    private static final String USAGE_OF_RESPONSE = "\"usage\":{\"input_tokens\":9,\"output_tokens\":50,\"total_tokens\":1059}";
    private static final String FINISHED = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String COUNTED = "data: {\"choices\":[]," + USAGE + "}\n\n";
    private static final String ZEROS = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @ParameterizedTest
    @ValueSource(ints = {10, 1_500_000})
    void shouldCountTheRestOfAChatAsCompletion(int length) {
        upstream.enqueue(Reply.json(200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"" + "x".repeat(length) + "\"}}]," + USAGE + "}"));

        assertThat(gateway.post(CHAT, PricedRequest.body(200)).body()).contains(USAGE);

        assertCounted();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCountTheRestOfAResponseAsCompletion(boolean stream) {
        String response = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]," + USAGE_OF_RESPONSE + "}";
        upstream.enqueue(stream ? Reply.stream("data: {\"type\":\"response.completed\",\"response\":" + response + "}\n\n") : Reply.json(200, response));

        assertThat(gateway.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":" + stream + "}").body()).contains(USAGE_OF_RESPONSE);

        assertCounted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ZEROS})
    void shouldCountTheUsageOfAStreamThatHasCounts(String later) {
        upstream.enqueue(Reply.stream(FINISHED, COUNTED, later, DONE));

        assertThat(gateway.post(CHAT, STREAM).body()).contains(COUNTED + later);

        assertCounted();
    }

    /** The client did not request a stream, so it gets the chunks as one response. */
    @ParameterizedTest
    @ValueSource(strings = {"", ZEROS})
    void shouldCountTheUsageThatHasCountsWhereAStreamBecomesAResponse(String later) {
        upstream.enqueue(Reply.stream(FINISHED, COUNTED, later, DONE));

        assertThat(gateway.post(CHAT, PricedRequest.body(200)).body()).contains(USAGE);

        assertCounted();
    }

    private void assertCounted() {
        awaitCharged(1059);
        assertThat(recorded("output")).isEqualTo(1050);
    }
}
