package dev.openaigateway.throttle;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.header;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that name no maximum, at limits smaller than the default of 1000 tokens. The prompt of each has 9 tokens. */
@GatewayTest
class RequestsWithoutMaximumTest {

    private static final String[] ALICE = {"api-key", "alice-key"};
    private static final String OF_CLIENT = "clients: { keys: [ { name: alice, key: alice-key, tpm: 200 } ] }\n";
    private static final String KEY = "clients: { keys: [ { name: alice, key: alice-key } ] }\n";

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "gateway", "instance", "deployment", "all"})
    void shouldTakeWhatTheLimitHasLeft(String kind) {
        switch (kind) {
            case "client" -> start(OF_CLIENT, "");
            case "gateway" -> start("rate_limit: { tpm: 200 }\n" + KEY, "");
            case "instance" -> start(KEY, ", max_tpm: 200");
            case "deployment" -> start(KEY, ", model_limits: { gpt-4o: { tpm: 200 } }");
            default -> start("rate_limit: { tpm: 210 }\n" + OF_CLIENT, ", max_tpm: 220, model_limits: { gpt-4o: { tpm: 230 } }");
        }
        upstream.respond(Reply.chat("Hello", 9, 15));

        for (int used = 0; used <= 200 - 29; used += 24) {
            assertThat(chat().statusCode()).as("%d are used", used).isEqualTo(200);
        }

        assertThat(chat().statusCode()).as("the prompt of 9 and a tenth of 200 do not fit").isEqualTo(429);
    }

    @Test
    void shouldNameTheWaitForTheLeastAmount() {
        start(OF_CLIENT, "");
        upstream.respond(Reply.chat("Hello", 9, 91));
        chat();
        clock.advance(Duration.ofSeconds(30));
        upstream.respond(Reply.chat("Hello", 9, 71));
        chat();

        HttpResponse<String> refused = chat();

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("Limit 200, Requested 29.");
        assertThat(header(refused, "x-ratelimit-remaining-tokens")).isEqualTo("20");
        clock.advance(Duration.ofMillis(Long.parseLong(header(refused, "retry-after-ms"))));
        assertThat(chat().statusCode()).isEqualTo(200);
    }

    /** No more than the limit is reserved at any time; what is used beyond is charged. */
    @Test
    void shouldNotReserveMoreThanTheLimit() {
        start(OF_CLIENT, "");
        Gate gate = new Gate();
        upstream.enqueue(gate.holding(Reply.chat("Hello", 9, 291)));
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(this::chat);
        upstream.awaitRequests(1);

        HttpResponse<String> beside = chat();
        assertThat(beside.statusCode()).as("the first holds the whole limit").isEqualTo(429);
        assertThat(header(beside, "x-ratelimit-remaining-tokens")).isEqualTo("0");

        gate.open();
        assertThat(first.join().statusCode()).isEqualTo(200);
        HttpResponse<String> after = chat();
        assertThat(after.statusCode()).isEqualTo(429);
        assertThat(header(after, "retry-after-ms")).isEqualTo("61000");
    }

    @Test
    void shouldReserveAMaximumAsItIs() {
        start(OF_CLIENT, "");
        upstream.respond(Reply.chat("Hello", 9, 15));
        chat();

        HttpResponse<String> refused = gateway.post("/v1/chat/completions", body().replaceFirst("\\{", "{\"max_tokens\":180,"), ALICE);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("Requested 189.");
    }

    private void start(String settings, String ofInstance) {
        gateway = TestGateway.builder().clock(clock).settings(settings + """
                instances:
                  - { name: one, provider_type: generic, api_base: "%s"%s }
                """.formatted(upstream.uri(), ofInstance)).start();
    }

    private HttpResponse<String> chat() {
        HttpResponse<String> response = gateway.post("/v1/chat/completions", body(), ALICE);
        if (response.statusCode() == 200) {
            awaitSettled(gateway);
        }
        return response;
    }

    private static String body() {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
    }
}
