package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class RetryTest {

    private final Upstreams upstreams = new Upstreams("routing: { retries: 3 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @Test
    void shouldFailOverWhenAnotherInstanceMaySucceed() {
        for (int status : new int[] {401, 403, 404, 408, 409, 429, 500, 502, 503, 529}) {
            upstreams.first.enqueue(Reply.error(status, "some_code", "not now"));
            upstreams.clock.advance(Duration.ofHours(1));

            HttpResponse<String> response = upstreams.chat();

            assertThat(Upstreams.instance(response)).as("status %d", status).isEqualTo("second");
            assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
        }
    }

    @Test
    void shouldNotFailOverWhenEveryInstanceWouldRefuse() {
        for (int status : new int[] {400, 405, 410, 413, 415, 422, 451}) {
            String body = "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"param\":\"x\",\"code\":\"c%d\",\"innererror\":{\"a\":1}}}".formatted(status);
            upstreams.first.enqueue(Reply.error(status, body));

            HttpResponse<String> response = upstreams.chat();

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).isEqualTo(body);
            assertThat(Upstreams.instance(response)).isEqualTo("first");
        }
        assertThat(upstreams.counts()).isEqualTo(List.of(7, 0, 0));
    }

    @Test
    void shouldFailOverWhenTheConnectionFails() {
        upstreams.first.close();

        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("second");
    }

    @Test
    void shouldFailOverWhenTheResponseBreaks() {
        upstreams.first.enqueue(Reply.reset(), Reply.close(), Reply.chat("Hi").half(), Reply.json(200, "no json"), Reply.raw("nonsense\r\n\r\n"));
        for (int i = 0; i < 4; i++) {
            assertThat(Upstreams.instance(upstreams.chat())).as("attempt %d", i).isEqualTo("second");
        }
    }

    @Test
    void shouldCallEachInstanceAtMostOnce() {
        upstreams.allRespond(Reply.error(500, "boom", "first words"));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(upstreams.counts()).isEqualTo(List.of(1, 1, 1));
        assertThat(response.body()).contains("\"attempts\":[{\"instance\":\"first\",\"status\":500")
                .contains("{\"instance\":\"third\",\"status\":500").doesNotContain("127.0.0.1").doesNotContain("key-");
    }

    @Test
    void shouldReturnTheUpstreams404WhenAllRespondWithIt() {
        upstreams.allRespond(Reply.error(404, "DeploymentNotFound", "The API deployment for this resource does not exist."));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("DeploymentNotFound");
    }

    @Test
    void shouldNotRevealAnInvalidInstanceKeyToTheClient() {
        upstreams.allRespond(Reply.error(404, "model_not_found", "no such model"));
        upstreams.third.respond(request -> Reply.error(401, "invalid_api_key", "Incorrect key: " + request.header("authorization")));

        HttpResponse<String> response = upstreams.chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("refused the gateway's key").doesNotContain("Incorrect key", "key-three");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldMakeNoMoreAttemptsThanTheSettingsAllow(int retries) {
        try (Upstreams few = new Upstreams("routing: { retries: %d }".formatted(retries))) {
            few.allRespond(Reply.error(500, "boom", "boom"));

            few.chat();

            assertThat(few.counts().stream().mapToInt(Integer::intValue).sum()).isEqualTo(retries + 1);
        }
    }

    @Test
    void shouldEndAllAttemptsAtTheTimeout() {
        try (Upstreams hasty = new Upstreams("routing: { retries: 3, timeout: 3 }")) {
            hasty.allRespond(Reply.stall());
            long begun = System.nanoTime();

            HttpResponse<String> response = hasty.chat();

            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).contains("upstream_timeout");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("less than the minute of an instance")
                    .isBetween(Duration.ofMillis(2900), Duration.ofSeconds(20));
            assertThat(hasty.counts()).isEqualTo(List.of(1, 0, 0));
        }
    }

    @Test
    void shouldNameTheServedModelsForAnUnknownOne() {
        HttpResponse<String> response = upstreams.gateway.chat("gpt-4");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("The model `gpt-4` does not exist or you do not have access to it. Models served here: gpt-4o, o1.")
                .contains("\"code\":\"model_not_found\"");
        assertThat(upstreams.counts()).isEqualTo(List.of(0, 0, 0));
    }

    @Test
    void shouldCallOnlyInstancesThatServeTheModel() {
        assertThat(Upstreams.instance(upstreams.gateway.chat("o1"))).isEqualTo("third");
        assertThat(upstreams.counts()).isEqualTo(List.of(0, 0, 1));
    }

    @Test
    void shouldNotFailOverWithinAStreamThatHasBegun() {
        upstreams.first.enqueue(Reply.chatStream("One", "Two").closeAfter(2));

        HttpResponse<String> response = upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true}");

        assertThat(response.body()).contains("One").contains("\"error\"").doesNotContain("[DONE]");
        assertThat(upstreams.counts()).isEqualTo(List.of(1, 0, 0));
    }
}
