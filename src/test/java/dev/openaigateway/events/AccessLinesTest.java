package dev.openaigateway.events;

import dev.openaigateway.log.LogFile;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Each request writes exactly one line to the log, for every kind of end. All tests share a gateway; each has its own id and hour. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessLinesTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MILLIS = "\\d+\\.\\d+";

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private LogFile log;
    private TestGateway gateway;
    private int test;
    private String mine;

    @BeforeAll
    void startGateway(@TempDir Path folder) {
        log = new LogFile(folder.resolve("gateway.log"));
        gateway = TestGateway.builder().clock(clock).settings("""
                logging: { file: "%s" }
                clients: { keys: [ { name: alice, key: key-of-alice }, { name: bob, key: key-of-bob, tpm: 5 } ] }
                instances:
                  - { name: east, provider_type: generic, api_key: key-of-east, api_base: "%s", supported_models: [gpt-4o] }
                  - { name: west, provider_type: generic, api_key: key-of-west, api_base: "%s", supported_models: [gpt-4o], priority: 200 }
                """.formatted(log.path(), east.uri(), west.uri())).start();
    }

    @BeforeEach
    void advanceClockByAnHour() {
        clock.advance(Duration.ofHours(1));
        mine = "mine-" + ++test;
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        assertThat(String.join("\n", log.lines())).doesNotContain("key-of-", "Hello!");
        log.close();
        east.close();
        west.close();
    }

    @Test
    void shouldReportAResponse() {
        east.enqueue(Reply.chat("Good day", 12, 18));
        chat("gpt-4o", "alice");

        assertThat(onlyLine()).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  access - request_id=" + mine
                + " client=alice operation=chat/completions model=gpt-4o instance=east attempts=1 status=200 stream=false"
                + " prompt_tokens=12 completion_tokens=18 duration_ms=" + MILLIS + " first_token_ms=" + MILLIS
                + " rule=routing/routing-policy trace=\"east=200 \\(\\d+ ms\\)\" user_agent=\\S+");
    }

    @Test
    void shouldReportAResponseAfterAFailure() {
        east.enqueue(Reply.error(500, "boom", "boom"));
        chat("gpt-4o", "alice");

        assertThat(onlyLine()).contains(" instance=west attempts=2 status=200 stream=false ")
                .matches(".* rule=routing/routing-policy trace=\"east=500 \\(\\d+ ms\\); west=200 \\(\\d+ ms\\)\" user_agent=\\S+");
    }

    @Test
    void shouldReportAStream() {
        east.enqueue(Reply.chatStream("Good", " day"));
        try (RawClient client = sending("\"stream\":true,")) {
            assertThat(client.response().text()).endsWith("data: [DONE]\n\n");
        }

        assertThat(onlyLine()).matches(".* access - request_id=" + mine + " client=alice operation=chat/completions model=gpt-4o"
                + " instance=east attempts=1 status=200 stream=true prompt_tokens=\\d+ completion_tokens=\\d+"
                + " duration_ms=" + MILLIS + " first_token_ms=" + MILLIS
                + " rule=routing/routing-policy trace=\"east=200 \\(\\d+ ms\\)\"");
    }

    @Test
    void shouldReportAWrongKey() {
        chat("gpt-4o", "unknown");

        assertThat(onlyLine()).contains("access - request_id=" + mine + " operation=chat/completions attempts=0 status=401"
                + " error=invalid_api_key stream=false prompt_tokens=0 completion_tokens=0 duration_ms=");
    }

    @Test
    void shouldReportAnUnknownModel() {
        chat("gpt-6", "alice");

        assertThat(onlyLine()).contains("client=alice operation=chat/completions model=gpt-6 attempts=0 status=404"
                + " error=model_not_found stream=false ");
    }

    @Test
    void shouldReportAReachedLimit() {
        chat("gpt-4o", "bob");

        assertThat(onlyLine()).contains("client=bob operation=chat/completions model=gpt-4o attempts=0 status=429"
                + " error=rate_limit_exceeded stream=false ");
    }

    @Test
    void shouldReportARequestThatCannotBeRead() {
        gateway.post(CHAT, "{\"model\": Hello!", "Authorization", "Bearer key-of-alice", "x-request-id", mine);

        assertThat(onlyLine()).contains("client=alice operation=chat/completions attempts=0 status=400 ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v1/chat/completions, a: b,               operation=chat/completions attempts=0 status=405",
        "POST, /v1/unknown,          a: b,               attempts=0 status=404",
        "GET,  /v1/responses,        upgrade: websocket, operation=responses attempts=0 status=426"})
    void shouldReportARequestWithoutARoute(String method, String path, String header, String expected) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request(method, path, new byte[0], header, "x-request-id: " + mine).response();
        }

        assertThat(onlyLine()).contains("access - request_id=" + mine + " " + expected + " error=");
    }

    @Test
    void shouldReportARefusalByTheInstance() {
        east.enqueue(Reply.error(400, "content_filter", "no"));
        chat("gpt-4o", "alice");

        assertThat(onlyLine()).contains(" instance=east attempts=1 status=400 error=upstream_refused stream=false ");
    }

    @Test
    void shouldReportAClientThatLeftBeforeTheResponse() {
        east.enqueue(Reply.stall());
        int before = east.requests().size();
        RawClient client = sending("");
        east.awaitRequests(before + 1);

        client.abort();

        assertThat(onlyLine()).contains("request_id=" + mine + " client=alice operation=chat/completions model=gpt-4o attempts=1 status=499 ");
    }

    @Test
    void shouldReportAClientThatLeftInMidStream() {
        Gate gate = new Gate();
        east.enqueue(Reply.chatStream("Good", " day").gated(gate));
        RawClient client = sending("\"stream\":true,");
        gate.release(2);
        client.head();
        client.event();
        client.event();

        client.abort();
        east.awaitAborted();

        assertThat(onlyLine()).contains(" instance=east attempts=1 status=499 error=client_gone stream=true ", " first_token_ms=");
    }

    private void chat(String model, String client) {
        gateway.chat(model, "Authorization", "Bearer key-of-" + client, "x-request-id", mine);
    }

    private RawClient sending(String more) {
        byte[] body = ("{\"model\":\"gpt-4o\"," + more + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        return RawClient.connect(gateway.port())
                .request("POST", CHAT, body, "api-key: key-of-alice", "x-request-id: " + mine);
    }

    /** Lines are written in the order in which requests end, so none can follow the line of a later request. */
    private String onlyLine() {
        String line = log.await("request_id=" + mine + " ");
        gateway.chat("gpt-4o", "Authorization", "Bearer key-of-alice", "x-request-id", "after-" + mine);
        log.await("request_id=after-" + mine + " ");
        assertThat(log.linesWith("request_id=" + mine + " ")).hasSize(1);
        return line;
    }
}
