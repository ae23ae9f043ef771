package dev.openaigateway.routing;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A request that fails at every instance opens no breaker, and no request is refused while an instance can be called. */
@GatewayTest
class PoisonedRequestTest {

    private static final String POISON = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"xyzzy\"}]}";

    private final Upstreams upstreams = new Upstreams("breaker: { window: 4, minimum_calls: 4, open_for: 30, probes: 1 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "503", "close", "reset", "garbage"})
    void shouldNotMarkInstancesForARequestThatFailsEverywhere(String failure) {
        Reply reply = switch (failure) {
            case "close" -> Reply.close();
            case "reset" -> Reply.reset();
            case "garbage" -> Reply.json(200, "nonsense");
            default -> Reply.error(Integer.parseInt(failure), "boom", "boom");
        };
        allRespond(request -> isPoisoned(request) ? reply : Reply.chat("ok"));
        for (int i = 0; i < 30; i++) {
            assertThat(poison().statusCode()).isGreaterThanOrEqualTo(500);
        }

        assertThat(breakers()).containsOnly("closed");
        HttpResponse<String> response = upstreams.chat();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
    }

    @Test
    void shouldServeOthersWhileManyPoisonedRequestsRun() {
        allRespond(request -> isPoisoned(request) ? Reply.error(500, "boom", "boom") : Reply.chat("ok"));

        List<Integer> statuses = IntStream.range(0, 120).parallel()
                .mapToObj(i -> i % 3 == 0 ? upstreams.chat().statusCode() : -poison().statusCode()).toList();

        assertThat(statuses.stream().filter(status -> status > 0)).containsOnly(200);
        assertThat(breakers()).containsOnly("closed");
    }

    @Test
    void shouldMarkAnInstanceWhenAnotherOneResponds() {
        upstreams.first.respond(Reply.error(500, "boom", "boom"));
        upstreams.second.respond(Reply.error(502, "boom", "boom"));
        for (int i = 0; i < 4; i++) {
            assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("third");
        }

        assertThat(breakers()).containsExactly("open", "open", "closed");
    }

    @Test
    void shouldNotMarkAnInstanceWhenAnotherOneRefusesTheRequestItself() {
        upstreams.first.respond(Reply.error(500, "boom", "boom"));
        upstreams.second.respond(Reply.error(400, "invalid", "no"));
        for (int i = 0; i < 8; i++) {
            assertThat(upstreams.chat().statusCode()).isEqualTo(400);
        }

        assertThat(breakers()).containsOnly("closed");
    }

    @Test
    void shouldAskAnInstanceWhoseBreakerIsOpenWhenNoOtherIsLeft() {
        openAll();
        upstreams.allRespond(Reply.chat("back"));

        assertThat(upstreams.chat().statusCode()).as("at once, long before the breakers let a probe through").isEqualTo(200);
        assertThat(breakers()).containsExactly("closed", "open", "open");
    }

    @Test
    void shouldAskSuchInstancesWithABoundedNumberOfRequestsAtATime() {
        openAll();
        int before = total();
        Gate gate = new Gate();
        upstreams.allRespond(Reply.chatStream("late").gated(gate));
        List<RawClient> waiting = IntStream.range(0, 3).mapToObj(i -> RawClient.connect(upstreams.gateway.port())
                .post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true}")).toList();
        Eventually.holds("one runs at each instance", () -> total() == before + 3);

        HttpResponse<String> refused = upstreams.chat();

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("30");
        assertThat(refused.body()).contains("no_instance_available");
        assertThat(total()).isEqualTo(before + 3);
        gate.open();
        waiting.forEach(client -> assertThat(client.response().status()).isEqualTo(200));
        waiting.forEach(RawClient::close);
    }

    /** One at a time is the only instance that serves, so its failures cannot repeat elsewhere. */
    private void openAll() {
        List<String> names = List.of("first", "second", "third");
        upstreams.allRespond(Reply.error(500, "boom", "boom"));
        for (String only : names) {
            names.forEach(name -> upstreams.gateway.put("/admin/instances/" + name + "/config", "{\"enabled\": " + name.equals(only) + "}"));
            IntStream.range(0, 4).forEach(i -> upstreams.chat());
        }
        names.forEach(name -> upstreams.gateway.put("/admin/instances/" + name + "/config", "{\"enabled\": true}"));
        assertThat(breakers()).containsOnly("open");
    }

    @Test
    void shouldAskTheOthersFirstOnceSomeHaveOnlyFailed() {
        upstreams.close();
        try (Upstreams few = new Upstreams("breaker: { window: 4, minimum_calls: 4 }\nrouting: { strategy: failover, retries: 1 }")) {
            few.first.respond(Reply.error(500, "boom", "boom"));
            few.second.respond(Reply.error(500, "boom", "boom"));
            for (int i = 0; i < 4; i++) {
                assertThat(few.chat().statusCode()).isEqualTo(500);
            }

            assertThat(Upstreams.instance(few.chat())).isEqualTo("third");
            few.first.respond(Reply.chat("back"));
            few.clock.advance(Duration.ofSeconds(30));
            assertThat(Upstreams.instance(few.chat())).isEqualTo("first");
        }
    }

    @Test
    void shouldAskMoreThanTheTrialCallsOfAHalfOpenBreaker() {
        upstreams.close();
        try (Upstreams one = new Upstreams("breaker: { window: 4, minimum_calls: 4, probes: 1 }")) {
            one.third.respond(Reply.error(500, "boom", "boom"));
            IntStream.range(0, 4).forEach(i -> one.gateway.chat("o1"));
            one.clock.advance(Duration.ofSeconds(30));
            one.third.enqueue(Reply.stall());
            one.third.respond(Reply.chat("back"));
            try (RawClient waiting = RawClient.connect(one.gateway.port()).post("/v1/chat/completions", TestGateway.chatBody("o1"))) {
                one.third.awaitRequests(5);

                assertThat(one.gateway.chat("o1").statusCode()).as("while the only trial call runs").isEqualTo(200);
            }
        }
    }

    private void allRespond(Function<RecordedRequest, Reply> replies) {
        upstreams.first.respond(replies);
        upstreams.second.respond(replies);
        upstreams.third.respond(replies);
    }

    private HttpResponse<String> poison() {
        return upstreams.gateway.post("/v1/chat/completions", POISON);
    }

    private static boolean isPoisoned(RecordedRequest request) {
        return request.text().contains("xyzzy");
    }

    private int total() {
        return upstreams.counts().stream().mapToInt(Integer::intValue).sum();
    }

    private List<String> breakers() {
        String all = upstreams.gateway.get("/admin/instances").body();
        return Pattern.compile("\"deployment\":\"gpt-4o\",\"status\":\"\\w+\",\"breaker\":\"(\\w+)\"").matcher(all).results().map(found -> found.group(1)).toList();
    }
}
