package dev.openaigateway.routing;

import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RefusalText;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpResponse;

import static dev.openaigateway.routing.FallbackGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

/** Each way in which an upstream refuses a prompt, whole and streamed. */
@GatewayTest
class FallbackErrorsTest {

    private static FallbackGateway fallback;

    @BeforeAll
    static void start() {
        fallback = new FallbackGateway("", "provider_type: generic, supported_models: [gpt-4o-mini]", "context_length", "content_filter");
    }

    @AfterAll
    static void stop() {
        fallback.close();
    }

    @BeforeEach
    void reset() {
        fallback.reset();
    }

    @ParameterizedTest
    @EnumSource(RefusalText.class)
    void shouldFallBackOnlyByTheRuleThatNamesTheKind(RefusalText text) {
        fallback.largeRespond(Reply.json(text.status, text.body));
        int west = fallback.west.requests().size();

        assertThat(fallback.chat(rule(text)).body()).contains("small");
        HttpResponse<String> refused = fallback.chat(otherRule(text));

        assertThat(refused.statusCode()).isEqualTo(text.status);
        assertThat(header(refused, "x-gateway-instance")).isEqualTo("east");
        assertThat(fallback.west.requests()).hasSize(west);
    }

    @ParameterizedTest
    @EnumSource(RefusalText.class)
    void shouldFallBackWhenAStreamIsRefusedByItsStatus(RefusalText text) {
        fallback.largeRespond(Reply.json(text.status, text.body));
        fallback.small.respond(Reply.chatStream("small"));

        assertThat(fallback.stream(rule(text)).body()).contains("small").endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @EnumSource(value = RefusalText.class, names = {".*OLDER", "SGLANG"}, mode = EnumSource.Mode.MATCH_NONE)
    void shouldFallBackWhenAStreamBeginsWithTheError(RefusalText text) {
        fallback.largeRespond(Reply.stream("data: " + text.body + "\n\n"));
        fallback.small.respond(Reply.chatStream("small"));

        assertThat(fallback.stream(rule(text)).body()).contains("small").doesNotContain("error");
    }

    @ParameterizedTest
    @EnumSource(value = RefusalText.class, names = {".*OLDER", "SGLANG"}, mode = EnumSource.Mode.MATCH_NONE)
    void shouldFallBackWhenTheErrorComesUnderASuccess(RefusalText text) {
        fallback.largeRespond(Reply.json(200, text.body));

        assertThat(fallback.chat(rule(text)).body()).contains("small");
    }

    @Test
    void shouldFallBackWhenAResponseFailsBeforeItsContent() {
        fallback.largeRespond(Reply.stream(
                event("response.created", "\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\"}"),
                event("response.failed", "\"response\":{\"id\":\"resp_1\",\"status\":\"failed\",\"error\":{\"code\":\"context_length_exceeded\","
                        + "\"message\":\"Your input exceeds the context window of this model.\"}}")));
        fallback.small.respond(Reply.stream(
                event("response.created", "\"response\":{\"id\":\"resp_2\",\"status\":\"in_progress\"}"),
                event("response.output_text.delta", "\"delta\":\"small\""),
                event("response.completed", "\"response\":{\"id\":\"resp_2\",\"status\":\"completed\"}")));

        HttpResponse<String> response = fallback.gateway.post("/v1/responses",
                "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hi\"}", "x-rule", "context_length");

        assertThat(response.body()).contains("\"delta\":\"small\"", "response.completed").doesNotContain("response.failed");
        assertThat(fallback.latestBody()).isEqualTo("{\"model\":\"gpt-4o-mini\",\"stream\":true,\"input\":\"Hi\"}");
    }

    @Test
    void shouldNotFallBackAfterContent() {
        fallback.largeRespond(Reply.stream(
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"large\"}}]}\n\n", "data: " + RefusalText.VLLM.body + "\n\n"));

        assertThat(fallback.stream("context_length").body()).contains("large", "maximum context length").doesNotContain("small");
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static String rule(RefusalText text) {
        return text.trigger.label();
    }

    private static String otherRule(RefusalText text) {
        return text.trigger == FallbackTrigger.CONTENT_FILTER ? "context_length" : "content_filter";
    }
}
