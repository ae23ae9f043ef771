package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.Stream;

import static dev.openaigateway.throttle.PricedRequest.BILLED;
import static dev.openaigateway.throttle.PricedRequest.PROMPT;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.header;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Whatever becomes of a request: what it reserved is closed, once, and what stays charged is what it used. Each test has a
 * minute of its own, so that it begins with empty windows; a client that may use 1,000 tokens asks two instances.
 */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservationPathsTest {

    private static final int LIMIT = 1_000;
    private static final int LIMIT_OF_INSTANCE = 100_000;
    private static final String FINISH = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":16}}\n\n";
    private static final String PATH = "/v1/chat/completions";

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).settings(settings(LIMIT)).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments("500 of both", Reply.error(500, "{}"), Reply.error(500, "{}"), 500, 0),
                arguments("refused by the upstream", Reply.error(400, "{\"error\":{\"message\":\"no\",\"code\":\"x\"}}"), null, 400, 0),
                arguments("429 of both", Reply.rateLimited("retry-after", "2"), Reply.rateLimited("retry-after", "2"), 429, 0),
                arguments("reset, then answered", Reply.reset(), null, 200, BILLED),
                arguments("500, then refused", Reply.error(500, "{}"), Reply.error(400, "{}"), 400, 0),
                arguments("half a body, then answered", Reply.chat("Hello").half(), null, 200, BILLED),
                arguments("no JSON, then answered", Reply.body(200, "text/html", "<p>".getBytes(StandardCharsets.UTF_8)), null, 200, BILLED),
                arguments("answered without usage", Reply.json(200, "{\"choices\":[{\"message\":{\"content\":\"Hello Hello\"}}]}"),
                        null, 200, PROMPT + 2),
                arguments("answered with empty usage", Reply.json(200,
                        "{\"choices\":[{\"message\":{\"content\":\"Hello Hello\"}}],\"usage\":{}}"), null, 200, PROMPT + 2),
                arguments("more used than reserved", Reply.chat("Hello", 100, 300), null, 200, 400));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void shouldChargeWhatWasUsed(String what, Reply ofFirst, Reply ofSecond, int status, int used) {
        // given
        first.enqueue(ofFirst);
        if (ofSecond != null) {
            second.enqueue(ofSecond);
        }

        // when
        HttpResponse<String> response = reserving(gateway, 200);

        // then
        assertThat(response.statusCode()).isEqualTo(status);
        awaitCharged(used);
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments("with usage", Reply.stream(event("Hello"), event(" Hello"), FINISH, USAGE, "data: [DONE]\n\n"), BILLED),
                arguments("without usage", Reply.stream(event("Hello"), event(" Hello"), event(" Hello"), "data: [DONE]\n\n"), PROMPT + 3),
                arguments("broken off", Reply.chatStream("Hello", " Hello", " Hello").resetAfter(3), PROMPT + 2),
                arguments("closed", Reply.chatStream("Hello", " Hello", " Hello").closeAfter(3), PROMPT + 2),
                arguments("empty, then answered", Reply.stream(), BILLED),
                arguments("error as first event", Reply.stream("data: {\"error\":{\"message\":\"x\"}}\n\n"), BILLED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void shouldChargeWhatPassedInAStream(String what, Reply reply, int used) {
        // given
        first.enqueue(reply);

        // when
        gateway.post(PATH, PricedRequest.stream(200));

        // then
        awaitCharged(used);
    }

    @Test
    void shouldChargeThePromptWhenTheClientLeavesBeforeTheResponse() {
        // given
        first.enqueue(Reply.stall());
        int before = first.aborts().size();
        int seen = first.requests().size();
        RawClient client = RawClient.connect(gateway.port()).post(PATH, PricedRequest.body(200));
        first.awaitRequests(seen + 1);
        assertThat(gateway.metric("gateway_reservations_open")).as("of the client and of the instance").isEqualTo(2);

        // when
        client.abort();

        // then
        first.awaitAborted(before + 1);
        awaitCharged(PROMPT);
    }

    @Test
    void shouldChargeWhatPassedWhenTheClientLeavesInMidStream() {
        // given
        Gate gate = new Gate();
        first.enqueue(Reply.chatStream("Hello", " Hello", " Hello", " Hello").gated(gate));
        int before = first.aborts().size();
        RawClient client = RawClient.connect(gateway.port()).post(PATH, PricedRequest.stream(200));
        gate.release(3);
        client.head();
        for (int i = 0; i < 3; i++) {
            client.event();
        }

        // when
        client.abort();

        // then
        first.awaitAborted(before + 1);
        awaitCharged(PROMPT + 2);
    }

    @Test
    void shouldHoldNothingForWhatWasRefused() {
        // when
        HttpResponse<String> refused = reserving(gateway, LIMIT + 1);

        // then
        assertThat(refused.statusCode()).isEqualTo(429);
        awaitCharged(0);
    }

    @Test
    void shouldKeepWhatWasReservedOverAReload() throws Exception {
        // given
        Gate gate = new Gate();
        first.enqueue(Reply.chatStream("Hello", " Hello").gated(gate));
        try (TestGateway reloading = TestGateway.start(settings(LIMIT))) {
            RawClient client = RawClient.connect(reloading.port()).post(PATH, PricedRequest.stream(200));
            gate.release(2);
            client.head();

            // when
            Files.writeString(reloading.settingsFile(), settings(2 * LIMIT));
            reloading.post("/config/reload", "");

            // then
            assertThat(header(reserving(reloading, 10), "x-ratelimit-remaining-tokens")).isEqualTo("1790");
            gate.open();
            client.response();
            awaitSettled(reloading);
            assertThat(header(reserving(reloading, 1_968), "x-ratelimit-remaining-tokens")).as("11 and 21 were used").isEqualTo("0");
        }
    }

    @Test
    void shouldCloseWhatIsOpenWhenTheGatewayStops() {
        // given
        TestGateway stopping = TestGateway.start("streams: { drain: 0 }\n" + settings(LIMIT));
        MeterRegistry meters = stopping.main().getCamelContext().getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
        int seen = first.requests().size();
        first.enqueue(Reply.chatStream("Hello", " Hello").stallAfter(2), Reply.stall());
        RawClient stream = RawClient.connect(stopping.port()).post(PATH, PricedRequest.stream(200));
        stream.head();
        RawClient whole = RawClient.connect(stopping.port()).post(PATH, PricedRequest.body(200));
        first.awaitRequests(seen + 2);
        assertThat(meters.get("gateway.reservations.open").gauge().value()).isEqualTo(4);

        // when
        stopping.close();

        // then
        Eventually.holds("no reservation is open", () -> meters.get("gateway.reservations.open").gauge().value() == 0);
        assertThat(meters.get("gateway.reservations.closed_twice").functionCounter().count()).isZero();
        stream.close();
        whole.close();
    }

    /** Asks for one token more than must be left, and then for what must be left. */
    private void awaitCharged(int used) {
        awaitSettled(gateway);
        int left = LIMIT - used;
        HttpResponse<String> tooMuch = reserving(gateway, left + 1);
        assertThat(tooMuch.statusCode()).as("%d used at the least", used).isEqualTo(429);
        assertThat(header(tooMuch, "x-ratelimit-remaining-tokens")).isEqualTo(String.valueOf(left));
        assertThat(PricedRequest.left(gateway, "instance", "first") + PricedRequest.left(gateway, "instance", "second"))
                .as("left of both instances' limits").isEqualTo(2L * LIMIT_OF_INSTANCE - used);
    }

    private static String event(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }

    private String settings(int limit) {
        return """
                routing: { retries: 1 }
                breaker: { minimum_calls: 10000, window: 10000 }
                admin: { watch_files: false }
                clients: { keys: [] }
                rate_limit: { tpm: %d }
                instances:
                """.formatted(limit)
                + instance("first", first, 1, ", max_tpm: " + LIMIT_OF_INSTANCE)
                + instance("second", second, 2, ", max_tpm: " + LIMIT_OF_INSTANCE);
    }
}
