package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.StreamReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of responses in the background, which go on at the upstream when the stream ends, and can be resumed after a sequence number. */
class ResumableStreamTest extends TwoInstances {

    private static final String CREATE = "{\"model\":\"gpt-4o\",\"input\":\"Hi\",\"stream\":true,\"background\":true}";
    private static final String STORED = "/v1/responses/resp_A?stream=true&starting_after=1";
    private static final String CREATED = event("response.created", 0, "'response':{'id':'resp_A','status':'queued'}");
    private static final String QUEUED = event("response.queued", 1, "'response':{'id':'resp_A','status':'queued'}");
    private static final String DELTA = event("response.output_text.delta", 2, "'delta':'Hel'");
    private static final String NEVER = event("response.output_text.delta", 3, "'delta':'lo'");

    @Override
    String ofInstances() {
        return ", timeout: 1";
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "stall", "end"})
    void shouldBreakOffWhereTheUpstreamDoesAndInventNoEvent(String how) {
        first.enqueue(cut(how, CREATED, QUEUED, DELTA));

        assertCutAfter(create(), CREATED + QUEUED + DELTA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "stall", "end"})
    void shouldStartNoSecondResponseOnceOneIsAnnounced(String how) {
        first.enqueue(cut(how, CREATED));

        assertCutAfter(create(), CREATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "reset", "stall", "end"})
    void shouldBreakOffTheStreamOfAStoredResponse(String how) {
        first.enqueue(cut(how, DELTA));

        assertCutAfter(stored(), DELTA);
    }

    @Test
    void shouldCallTheNextInstanceUntilAResponseIsAnnounced() {
        String whole = CREATED + DELTA + event("response.completed", 3, "'response':{'id':'resp_B'}");
        first.enqueue(Reply.stream(": hello\n\n", CREATED).resetAfter(1));
        second.enqueue(Reply.stream(whole));

        assertThat(create().text()).endsWith(whole);
    }

    @Test
    void shouldPassOnAnErrorOfTheUpstreamAndNothingMore() {
        String event = "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"x\",\"param\":null,\"sequence_number\":3}\n\n";
        first.enqueue(Reply.stream(CREATED, DELTA, event));

        assertThat(create().text()).isEqualTo(CREATED + DELTA + event);
        assertThat(requestsToSecond()).isZero();
    }

    /** In the form of this API, and without a number, which would be that of an event to come. SDKs raise what has a member error. */
    @ParameterizedTest
    @ValueSource(strings = {"data: {'error':{'message':'x','code':'server_error'}}\n\n", "event: error\ndata: {'message':'x','code':'server_error'}\n\n"})
    void shouldReportAnErrorOfTheUpstreamInTheFormOfAResponse(String error) {
        first.enqueue(Reply.stream(DELTA, error.replace('\'', '"')));

        String text = stored().text();
        assertThat(text).startsWith(DELTA + "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"x\",\"param\":null,\"error\":{\"message\":\"x\",")
                .doesNotContain("sequence_number\":3", "response.failed").endsWith("}}\n\n");
    }

    @Test
    void shouldPassOnAResponseThatFailsAtOnce() {
        String failed = event("response.failed", 1, "'response':{'id':'resp_A','status':'failed','error':{'code':'server_error','message':'x'}}");
        first.enqueue(Reply.stream(CREATED, failed));

        assertThat(create().text()).isEqualTo(CREATED + failed);
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ": nothing more\n\n", "data: [DONE]\n\n"})
    void shouldPassOnAnEmptyRestOfAStoredResponse(String rest) {
        first.enqueue(Reply.stream(rest.isEmpty() ? new String[0] : new String[] {rest}));

        RawResponse response = stored();

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).startsWith("text/event-stream");
        assertThat(response.text()).isEqualTo(rest);
        assertThat(response.complete()).isTrue();
        assertThat(requestsToSecond()).isZero();
    }

    private void assertCutAfter(RawResponse response, String events) {
        assertThat(response.text()).isEqualTo(events);
        assertThat(response.complete()).isFalse();
        assertThat(requestsToFirst()).isEqualTo(1);
        assertThat(requestsToSecond()).isZero();
    }

    private RawResponse create() {
        try (RawClient client = client().post("/v1/responses", CREATE)) {
            return client.response();
        }
    }

    private RawResponse stored() {
        try (RawClient client = client().get(STORED)) {
            return client.response();
        }
    }

    /** The events, and then the given end before the last event of the response. */
    private static StreamReply cut(String how, String... events) {
        String[] more = Arrays.copyOf(events, events.length + 1);
        more[events.length] = NEVER;
        return switch (how) {
            case "close" -> Reply.stream(more).closeAfter(events.length);
            case "reset" -> Reply.stream(more).resetAfter(events.length).every(Duration.ofMillis(50));
            case "stall" -> Reply.stream(more).stallAfter(events.length);
            default -> Reply.stream(events);
        };
    }

    private static String event(String type, int number, String members) {
        return ("event: " + type + "\ndata: {'type':'" + type + "','sequence_number':" + number + "," + members + "}\n\n").replace('\'', '"');
    }
}
