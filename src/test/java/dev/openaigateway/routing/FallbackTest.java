package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static dev.openaigateway.routing.FallbackGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class FallbackTest {

    private static final Reply TOO_LONG = Reply.error(400, "context_length_exceeded", "This model's maximum context length is 128000 tokens.");
    private static final Reply FILTERED = Reply.error(400, "content_filter", "The response was filtered.");
    private static final Reply BOOM = Reply.error(500, "boom", "boom");

    private static FallbackGateway fallback;

    @BeforeAll
    static void start() {
        fallback = new FallbackGateway("cors: { allowed_origins: [\"*\"] }", "provider_type: generic, supported_models: [gpt-4o-mini]",
                "error", "context_length", "content_filter", "budget", "any", "error,context_length");
    }

    @AfterAll
    static void stop() {
        fallback.close();
    }

    @BeforeEach
    void reset() {
        fallback.reset();
    }

    @Test
    void shouldAskTheOtherModelWhenAllInstancesOfTheFirstFail() {
        fallback.largeRespond(BOOM);

        HttpResponse<String> response = fallback.gateway.post("/v1/chat/completions",
                "{ \"temperature\": 0.10, \"model\" :\"gpt-4o\", \"messages\":[],\"x\":1e2 }");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("small");
        assertThat(header(response, "x-gateway-instance")).isEqualTo("small");
        assertThat(header(response, "x-gateway-model")).isEqualTo("gpt-4o-mini");
        assertThat(header(response, "x-gateway-attempts")).isEqualTo("3");
        assertThat(fallback.latestBody()).isEqualTo("{ \"temperature\": 0.10, \"model\" :\"gpt-4o-mini\", \"messages\":[],\"x\":1e2 }");
    }

    @Test
    void shouldNotNameTheModelIfItIsTheRequestedOne() {
        HttpResponse<String> response = fallback.chat("any");

        assertThat(response.body()).contains("large");
        assertThat(header(response, "x-gateway-model")).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "any", "error,context_length"})
    void shouldFallBackAfterAnError(String when) {
        fallback.largeRespond(BOOM);

        assertThat(fallback.chat(when).body()).contains("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"context_length", "content_filter", "budget"})
    void shouldNotFallBackAfterAnErrorThatTheRuleDoesNotName(String when) {
        fallback.largeRespond(BOOM);

        assertThat(fallback.chat(when).statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"context_length", "any", "error,context_length"})
    void shouldFallBackWhenThePromptIsTooLong(String when) {
        fallback.largeRespond(TOO_LONG);
        int before = fallback.west.requests().size();

        HttpResponse<String> response = fallback.chat(when);

        assertThat(response.body()).contains("small");
        assertThat(fallback.west.requests()).as("another instance of the model would refuse too").hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"content_filter", "any"})
    void shouldFallBackWhenTheFilterRefuses(String when) {
        fallback.largeRespond(FILTERED);

        assertThat(fallback.chat(when).body()).contains("small");
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "budget", "content_filter"})
    void shouldReturnTheRefusalThatTheRuleDoesNotName(String when) {
        fallback.largeRespond(TOO_LONG);

        HttpResponse<String> response = fallback.chat(when);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded");
        assertThat(header(response, "x-gateway-instance")).isEqualTo("east");
    }

    @Test
    void shouldNeverFallBackAfterAnInvalidRequest() {
        fallback.largeRespond(Reply.error(400, "invalid_value", "temperature must be at most 2"));

        assertThat(fallback.chat("any").body()).contains("temperature");
    }

    @Test
    void shouldNotCountRefusalsForBreakerOrBench() {
        fallback.largeRespond(TOO_LONG);
        for (int i = 0; i < 30; i++) {
            fallback.chat("any");
        }
        fallback.largeRespond(Reply.chat("large"));

        assertThat(header(fallback.chat("any"), "x-gateway-instance")).isEqualTo("east");
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget", "error"})
    void shouldFallBackWhenTheUpstreamsLimitIsReached(String when) {
        fallback.largeRespond(Reply.rateLimited("retry-after", "20"));

        assertThat(fallback.chat(when).body()).contains("small");
        assertThat(header(fallback.chat(when), "x-gateway-attempts")).as("both are benched").isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"413, budget", "429, budget", "429, error"})
    void shouldFallBackWhenTheRequestIsLargerThanTheUpstreamsLimit(int status, String when) {
        fallback.largeRespond(Reply.json(status, "{\"error\":{\"message\":\"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 50000\","
                + "\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}"));

        assertThat(fallback.chat(when).body()).contains("small");
    }

    @Test
    void shouldEndWithTheFirstModelsError() {
        fallback.largeRespond(TOO_LONG);
        fallback.small.respond(Reply.error(503, "boom", "small is down"));

        HttpResponse<String> response = fallback.chat("any");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("context_length_exceeded");
        assertThat(header(response, "x-gateway-instance")).isEqualTo("east");
        assertThat(header(response, "x-gateway-attempts")).isEqualTo("2");
    }

    @Test
    void shouldListAllAttemptsInTheFirstModelsError() {
        fallback.largeRespond(Reply.error(502, "boom", "large is down"));
        fallback.small.respond(TOO_LONG);

        HttpResponse<String> response = fallback.chat("any");

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("large is down").containsSubsequence("\"east\"", "\"west\"", "\"small\"");
        assertThat(header(response, "x-gateway-instance")).isEqualTo("none");
    }

    @Test
    void shouldFallBackForAStreamThatHasNoContentYet() {
        fallback.east.respond(Reply.stream("event: error\ndata: {\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"too long\"}}\n\n"));
        fallback.small.respond(Reply.chatStream("from", " small"));

        HttpResponse<String> response = fallback.stream("context_length");

        assertThat(response.body()).contains(" small").endsWith("data: [DONE]\n\n").doesNotContain("too long");
        assertThat(header(response, "x-gateway-model")).isEqualTo("gpt-4o-mini");
    }

    @Test
    void shouldFindAResponseThatAFallbackStored() {
        fallback.largeRespond(BOOM);
        fallback.small.respond(Reply.json(200, "{\"id\":\"resp_small\",\"object\":\"response\",\"output\":[]}"));
        fallback.gateway.post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}");
        fallback.largeRespond(Reply.chat("large"));

        HttpResponse<String> stored = fallback.gateway.get("/v1/responses/resp_small");
        HttpResponse<String> next = fallback.gateway.post("/v1/responses",
                "{\"model\":\"gpt-4o\",\"input\":\"And?\",\"previous_response_id\":\"resp_small\"}");

        assertThat(header(stored, "x-gateway-instance")).isEqualTo("small");
        assertThat(header(next, "x-gateway-instance")).isEqualTo("small");
        assertThat(fallback.latestBody()).contains("\"model\":\"gpt-4o-mini\"");
    }

    @Test
    void shouldReplaceTheModelInAForm() {
        fallback.largeRespond(BOOM);
        String form = "--q\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n--q\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nRIFF\r\n--q--\r\n";

        fallback.gateway.send(HttpRequest.newBuilder(URI.create(fallback.gateway.url("/v1/audio/transcriptions")))
                .header("Content-Type", "multipart/form-data; boundary=q").POST(HttpRequest.BodyPublishers.ofString(form.formatted("gpt-4o"))));

        assertThat(fallback.latestBody()).isEqualTo(form.formatted("gpt-4o-mini"));
    }

    @Test
    void shouldExposeTheModelToBrowsers() {
        fallback.largeRespond(BOOM);

        HttpResponse<String> response = fallback.chat("any", "Origin", "https://app.example");

        assertThat(header(response, "access-control-expose-headers")).contains("x-gateway-model", "x-gateway-alias");
    }

    @Test
    void shouldStayWithTheFirstModelIfTheClientSaysSo() {
        fallback.largeRespond(BOOM);

        assertThat(fallback.chat("any", "X-Gateway-Fallback", "off").statusCode()).isEqualTo(500);
        assertThat(fallback.chat("any", "X-Gateway-Fallback", "of").body()).contains("must be on or off");
        assertThat(fallback.chat("any", "X-Gateway-Fallback", "on").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotFallBackForAnUnknownModel() {
        assertThat(fallback.gateway.chat("gpt-9", "x-rule", "any").body()).contains("model_not_found");
    }

    @Test
    void shouldExplainTheFallback() {
        String explanation = fallback.gateway.get("/admin/route?model=gpt-4o", "x-rule", "error,context_length").body();

        assertThat(explanation).containsSubsequence("\"east\"", "\"west\"", "does not serve the model",
                "\"instance\":\"small\",\"model\":\"gpt-4o-mini\",\"position\":3", "fallback to gpt-4o-mini after context_length or error");
    }
}
