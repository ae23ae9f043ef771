package dev.openaigateway.throttle;

import dev.openaigateway.support.Gate;
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
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

import static dev.openaigateway.throttle.Ask.PROMPT;
import static dev.openaigateway.throttle.Ask.awaitSettled;
import static dev.openaigateway.throttle.Ask.instance;
import static org.assertj.core.api.Assertions.assertThat;

/** What stays charged of answers of every kind. Each test has a minute of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TalliedAnswersTest {

    private static final String PATH = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static final String CREATE = "{\"model\":\"gpt-4o\",\"input\":\"Hello!\",\"max_output_tokens\":100}";
    private static final String RESPONSE = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"output\":[],"
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":31,\"total_tokens\":40}}";

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).settings("""
                breaker: { minimum_calls: 10000, window: 10000 }
                rate_limit: { tpm: 1000000 }
                instances:
                """ + instance("first", upstream, 1, ", max_tpm: 1000000")).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
    }

    @Test
    void shouldChargeTheCallsOfToolsInAStreamWithoutUsage() {
        // given
        upstream.enqueue(Reply.stream(call("\"name\":\"Hello\",\"arguments\":\"\""), call("\"arguments\":\" Hello\""),
                call("\"arguments\":\" Hello\""), "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n", "data: [DONE]\n\n"));

        // when
        gateway.post(PATH, Ask.stream(200));

        // then
        awaitCharged(PROMPT + 3);
    }

    @Test
    void shouldChargeWhatPassedOfAResponseWhenTheClientLeaves() {
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

    private static String call(String members) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{" + members + "}}]}}]}\n\n";
    }

    private static String piece(String text) {
        return "data: {\"type\":\"response.output_text.delta\",\"item_id\":\"m\",\"delta\":\"" + text + "\"}\n\n";
    }

    private void awaitCharged(int used) {
        awaitSettled(gateway);
        Ask.assertLeft(gateway, "gateway", "gateway", 1_000_000 - used);
        Ask.assertLeft(gateway, "instance", "first", 1_000_000 - used);
    }
}
