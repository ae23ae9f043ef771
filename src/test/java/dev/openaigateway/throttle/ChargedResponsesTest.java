package dev.openaigateway.throttle;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.stream.Stream;

import static dev.openaigateway.throttle.PricedRequest.PROMPT;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** The charge that remains after each kind of response. Each test has its own minute. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChargedResponsesTest {

    private static final long LIMIT = 1_000_000;
    private static final String PATH = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String CREATE = "{\"model\":\"gpt-4o\",\"input\":\"Hello!\",\"max_output_tokens\":100}";
    private static final String RESPONSE = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],"
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":31,\"total_tokens\":40}}";

    private static final String RULES = OneRoute.of("""
            - choice:
                when:
                  - expression: { simple: { expression: "${exchangeProperty.model} == 'gpt-4.1'" } }
                    steps:
                      - to: { uri: "instance:slow" }
                  - expression: { simple: { expression: "${exchangeProperty.model} == 'gpt-4.1-mini'" } }
                    steps:
                      - wireTap: { uri: "instance:mirror" }
                      - to: { uri: "instance:first" }
                otherwise:
                  steps:
                    - to: { uri: "instance:first" }
            """);

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream slow = ScriptedUpstream.start();
    private final ScriptedUpstream mirror = ScriptedUpstream.start();
    private TestGateway gateway;
    private double recordedBefore;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).folder(GatewayFolder.copy().rules(RULES).path()).settings("""
                breaker: { minimum_calls: 10000, window: 10000 }
                rate_limit: { tpm: 1000000 }
                instances:
                """ + instance("first", upstream, 1, ", max_tpm: 1000000")
                + instance("slow", slow, 2, ", max_tpm: 1000000, timeout: 1")
                + instance("mirror", mirror, 3, ", max_tpm: 1000000")).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
        slow.close();
        mirror.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
        recordedBefore = recorded();
    }

    @Test
    void shouldChargeToolCallsInAStreamWithoutUsage() {
        // given
        upstream.enqueue(Reply.stream(call("\"name\":\"Hello\",\"arguments\":\"\""), call("\"arguments\":\" Hello\""),
                call("\"arguments\":\" Hello\""), "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n", "data: [DONE]\n\n"));
        // when
        gateway.post(PATH, PricedRequest.stream(200));
        // then
        awaitCharged(PROMPT + 3);
    }

    @Test
    void shouldChargeTheRelayedPartOfAResponseWhenTheClientLeaves() {
        // given
        Gate gate = new Gate();
        upstream.enqueue(Reply.stream("data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_s\",\"usage\":null}}\n\n",
                piece("Hello"), piece(" Hello"), piece(" Hello"), "data: {\"type\":\"response.completed\",\"response\":" + RESPONSE + "}\n\n").gated(gate));
        int before = upstream.aborts().size();
        RawClient client = RawClient.connect(gateway.port()).post(RESPONSES, CREATE.replaceFirst("\\{", "{\"stream\":true,"));
        gate.release(4);
        client.head();
        for (int i = 0; i < 4; i++) {
            client.event();
        }

        // when
        client.abort();

        // then
        upstream.awaitAborted(before + 1);
        awaitCharged(PROMPT + 3);
    }

    static Stream<Arguments> largeResponses() {
        String text = "{\"choices\":[{\"message\":{\"content\":\"" + "word ".repeat(400_000) + "\"}}]";
        return Stream.of(
                arguments("without usage", Reply.json(200, text + "}"), 500_000),
                arguments("cut", Reply.json(200, text + "}").closeAfter(1_600_000), 400_000),
                arguments("with usage", Reply.json(200, text + ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":7}}"), 16));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("largeResponses")
    void shouldChargeALargeResponseByItsLengthUnlessItReportsUsage(String what, HttpReply reply, long about) {
        // given
        upstream.enqueue(reply);

        // when
        try (RawClient client = RawClient.connect(gateway.port()).post(PATH, PricedRequest.body(200))) {
            client.response();
        }

        // then
        awaitSettled(gateway);
        long used = LIMIT - PricedRequest.left(gateway, "gateway", "gateway");
        assertThat(used).isBetween(about * 98 / 100, about * 102 / 100);
        awaitCharged(used);
    }

    @Test
    void shouldChargeOnlyThePromptOfEmbeddings() {
        // given
        upstream.enqueue(Reply.json(200, "{\"data\":[{\"embedding\":\"" + "AAAA".repeat(500_000) + "\"}]}"));

        // when
        gateway.post("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":\"Hello!\"}");

        // then
        awaitCharged(2);
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "GET, ?stream=true", "POST, /cancel"})
    void shouldChargeAStoredResponseOnce(String method, String more) {
        // given
        upstream.enqueue(Reply.json(200, RESPONSE));
        gateway.post(RESPONSES, CREATE);
        awaitCharged(40);

        // when
        upstream.enqueue(more.contains("stream") ? Reply.stream(piece("Hello"), "data: {\"type\":\"response.completed\",\"response\":" + RESPONSE + "}\n\n")
                : Reply.json(200, RESPONSE));
        try (RawClient client = RawClient.connect(gateway.port())) {
            assertThat(client.request(method, RESPONSES + "/resp_1" + more, new byte[0]).response().status()).isEqualTo(200);
        }

        // then
        awaitCharged(40);
    }

    @Test
    void shouldKeepTheReservationOfABackgroundResponse() {
        // given
        upstream.enqueue(Reply.json(200, "{\"id\":\"resp_1\",\"status\":\"queued\",\"output\":[],\"usage\":null}"), Reply.json(200, RESPONSE));

        // when
        gateway.post(RESPONSES, CREATE.replaceFirst("\\{", "{\"background\":true,"));
        gateway.get(RESPONSES + "/resp_1");

        // then
        awaitSettled(gateway);
        PricedRequest.assertLeft(gateway, "gateway", "gateway", LIMIT - PROMPT - 100);
        PricedRequest.assertLeft(gateway, "instance", "first", LIMIT - PROMPT - 100);
    }

    @Test
    void shouldReturnTheReservationWhenTheInstanceRespondsTooLate() {
        // given
        slow.enqueue(Reply.stall());

        // when
        int status = gateway.post(PATH, PricedRequest.body(200).replace("gpt-4o", "gpt-4.1")).statusCode();

        // then
        assertThat(status).isGreaterThanOrEqualTo(500);
        awaitCharged(0);
        PricedRequest.assertLeft(gateway, "instance", "slow", LIMIT);
    }

    @Test
    void shouldChargeAMirrorOnlyToItsInstance() {
        // given
        upstream.enqueue(Reply.chat("Hello", PROMPT, 31));
        mirror.enqueue(Reply.chat("Hello", PROMPT, 91));

        // when
        gateway.post(PATH, PricedRequest.body(200).replace("gpt-4o", "gpt-4.1-mini"));

        // then
        mirror.awaitRequests(1);
        awaitCharged(40);
        PricedRequest.assertLeft(gateway, "instance", "mirror", LIMIT - 100);
    }

    private static String call(String members) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{" + members + "}}]}}]}\n\n";
    }

    private static String piece(String text) {
        return "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"" + text + "\"}\n\n";
    }

    /** Checks the windows and the reported tokens of the client. */
    private void awaitCharged(long used) {
        awaitSettled(gateway);
        PricedRequest.assertLeft(gateway, "gateway", "gateway", LIMIT - used);
        PricedRequest.assertLeft(gateway, "instance", "first", LIMIT - used);
        assertThat(recorded() - recordedBefore).isEqualTo(used);
    }

    private double recorded() {
        return PricedRequest.recorded(gateway.get("/metrics").body(), "");
    }
}
