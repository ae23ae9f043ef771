package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Where no other instance can show who is at fault, as after the first content, equal requests that fail count once at a breaker. */
@GatewayTest
class PoisonedStreamTest {

    private static final String CONTENT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}]}\n\n";
    private static final String ERROR = "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\",\"code\":null}}\n\n";

    private final Upstreams upstreams = new Upstreams("breaker: { window: 6, minimum_calls: 4, open_for: 30, probes: 1 }");

    @AfterEach
    void stop() {
        upstreams.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "reset", "error"})
    void shouldOpenNoBreakerForOneRequestThatBreaksOffEverywhere(String failure) {
        Reply reply = switch (failure) {
            case "reset" -> Reply.stream(CONTENT, CONTENT).resetAfter(1);
            case "error" -> Reply.stream(CONTENT, ERROR);
            default -> Reply.stream(CONTENT);
        };
        allRespond(request -> request.text().contains("xyzzy") ? reply : Reply.chat("ok"));
        for (int i = 0; i < 30; i++) {
            assertThat(stream("xyzzy").body()).contains("error");
        }

        assertThat(breakers()).containsOnly("closed");
        HttpResponse<String> response = upstreams.chat();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
    }

    @Test
    void shouldOpenTheBreakerOfAnInstanceThatBreaksOffDifferentRequests() {
        upstreams.first.respond(Reply.stream(CONTENT));
        for (int i = 0; i < 4; i++) {
            assertThat(stream("text " + i).headers().firstValue("x-gateway-instance")).hasValue("first");
        }

        assertThat(breakers()).containsExactly("open", "closed", "closed");
        assertThat(Upstreams.instance(stream("text 4"))).isEqualTo("second");
    }

    @Test
    void shouldOpenTheBreakerAlsoIfOneOfTheseRequestsIsRepeated() {
        upstreams.allRespond(Reply.stream(CONTENT));
        for (int i = 0; i < 4; i++) {
            stream("text " + i);
            stream("xyzzy");
        }

        assertThat(breakers().get(0)).isEqualTo("open");
    }

    @Test
    void shouldAskAnotherInstanceWhenTheSameRequestComesAgain() {
        upstreams.first.respond(Reply.stream(CONTENT));
        upstreams.second.respond(Reply.chatStream("whole"));

        assertThat(Upstreams.instance(stream("xyzzy"))).isEqualTo("first");
        assertThat(Upstreams.instance(stream("xyzzy"))).isEqualTo("second");
        assertThat(Upstreams.instance(stream("another"))).as("a different request").isEqualTo("first");
        upstreams.clock.advance(Duration.ofSeconds(30));
        assertThat(Upstreams.instance(stream("xyzzy"))).as("after breaker.open_for").isEqualTo("first");
    }

    @Test
    void shouldKeepAnInstanceOutThatBreaksOffTheSameRequestsAfterEachOpenTime() {
        upstreams.first.respond(Reply.stream(CONTENT));
        upstreams.second.respond(Reply.chatStream("whole"));
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(Upstreams.instance(stream("text " + i))).isEqualTo("first");
            }
            assertThat(breakers().get(0)).as("after round " + round).isEqualTo("open");
            upstreams.clock.advance(Duration.ofSeconds(30));
        }
    }

    @Test
    void shouldNotTakeARepeatedRequestThatBreaksOffForASuccessfulProbe() {
        upstreams.close();
        try (Upstreams several = new Upstreams("breaker: { window: 6, minimum_calls: 4, open_for: 30, probes: 4 }")) {
            several.gateway.put("/admin/instances/second/config", "{\"enabled\": false}");
            several.gateway.put("/admin/instances/third/config", "{\"enabled\": false}");
            several.first.respond(Reply.stream(CONTENT));
            for (int i = 0; i < 4; i++) {
                several.gateway.post("/v1/chat/completions", body("text " + i));
            }
            several.clock.advance(Duration.ofSeconds(30));
            several.gateway.post("/v1/chat/completions", body("xyzzy"));
            assertThat(breakers(several).get(0)).isEqualTo("half_open");

            several.gateway.post("/v1/chat/completions", body("xyzzy"));

            assertThat(breakers(several).get(0)).as("two of four failed").isEqualTo("open");
        }
    }

    /** Others that are well close it, although the repeated request is among those that test the deployment. */
    @Test
    void shouldCloseTheBreakerOfAWellInstanceWhileOneRequestBreaksOffEverywhere() {
        upstreams.close();
        try (Upstreams several = new Upstreams("breaker: { window: 6, minimum_calls: 4, open_for: 30, probes: 2 }")) {
            openTheFirst(several);
            for (ScriptedUpstream upstream : List.of(several.first, several.second, several.third)) {
                upstream.respond(request -> request.text().contains("xyzzy") ? Reply.stream(CONTENT) : Reply.chatStream("ok"));
            }
            several.clock.advance(Duration.ofSeconds(29));
            several.gateway.post("/v1/chat/completions", body("xyzzy"));
            several.gateway.post("/v1/chat/completions", body("xyzzy"));
            several.clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 3; i++) {
                several.gateway.post("/v1/chat/completions", body("xyzzy"));
                assertThat(breakers(several).get(0)).as("the repeated request decides nothing").isEqualTo("half_open");
            }
            for (int i = 0; i < 2; i++) {
                assertThat(Upstreams.instance(several.gateway.post("/v1/chat/completions", body("Hello " + i)))).isEqualTo("first");
            }
            assertThat(breakers(several)).containsOnly("closed");
        }
    }

    @Test
    void shouldCloseTheBreakerForARequestThatBreaksOffElsewhereOnly() {
        upstreams.close();
        try (Upstreams several = new Upstreams("breaker: { window: 6, minimum_calls: 4, open_for: 30, probes: 2 }")) {
            openTheFirst(several);
            several.first.respond(Reply.chatStream("ok"));
            several.second.respond(Reply.stream(CONTENT));
            several.third.respond(Reply.stream(CONTENT));
            several.clock.advance(Duration.ofSeconds(29));
            several.gateway.post("/v1/chat/completions", body("xyzzy"));
            several.clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 2; i++) {
                assertThat(Upstreams.instance(several.gateway.post("/v1/chat/completions", body("xyzzy")))).isEqualTo("first");
            }
            assertThat(breakers(several).get(0)).isEqualTo("closed");
        }
    }

    private static void openTheFirst(Upstreams several) {
        several.first.respond(Reply.stream(CONTENT));
        for (int i = 0; i < 4; i++) {
            several.gateway.post("/v1/chat/completions", body("text " + i));
        }
        assertThat(breakers(several).get(0)).isEqualTo("open");
    }

    @ParameterizedTest
    @CsvSource({"xyzzy, closed", "different, open"})
    void shouldCountEqualRequestsOnceWhenTheAttemptsAreUsedUp(String text, String breaker) {
        upstreams.close();
        try (Upstreams one = new Upstreams("breaker: { window: 6, minimum_calls: 4, open_for: 30 }\nrouting: { strategy: failover, retries: 0 }")) {
            one.allRespond(Reply.error(500, "boom", "boom"));
            for (int i = 0; i < 15; i++) {
                one.gateway.post("/v1/chat/completions", body(text.equals("xyzzy") ? text : text + i));
            }

            assertThat(breakers(one)).containsOnly(breaker);
        }
    }

    private HttpResponse<String> stream(String text) {
        return upstreams.gateway.post("/v1/chat/completions", body(text));
    }

    private static String body(String text) {
        return "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private void allRespond(Function<RecordedRequest, Reply> replies) {
        upstreams.first.respond(replies);
        upstreams.second.respond(replies);
        upstreams.third.respond(replies);
    }

    private List<String> breakers() {
        return breakers(upstreams);
    }

    private static List<String> breakers(Upstreams of) {
        String all = of.gateway.get("/admin/instances").body();
        return Pattern.compile("\"deployment\":\"gpt-4o\",\"status\":\"\\w+\",\"breaker\":\"(\\w+)\"").matcher(all).results().map(found -> found.group(1)).toList();
    }
}
