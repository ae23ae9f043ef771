package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams that fail: before the first content another instance takes over, later the error is reported in the stream. */
class StreamFaultTest extends TwoInstances {

    private static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";
    private static final String ERROR = "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n";

    /** Called before {@code first} for the model {@code hasty}. Its timeout is three seconds. */
    private final ScriptedUpstream hasty = ScriptedUpstream.start();

    @Override
    String settings() throws Exception {
        return super.settings() + """
                  - { name: hasty, provider_type: generic, api_base: "%s", priority: 0, timeout: 3, supported_models: [hasty]%s }
                """.formatted(hasty.uri(), ofInstances());
    }

    @AfterAll
    void stopHasty() {
        hasty.close();
    }

    @Test
    void shouldCallTheNextInstanceWhenTheStreamBeginsWithAnError() {
        first.enqueue(Reply.stream(ERROR));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
    }

    @Test
    void shouldCallTheNextInstanceWhenAnErrorComesBeforeContent() {
        first.enqueue(Reply.stream(ROLE, ERROR));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(ROLE + event("good") + lastEvent());
    }

    @Test
    void shouldRespondWithAnErrorObjectWhenEveryStreamBeginsWithAnError() {
        first.enqueue(Reply.stream(ERROR));
        second.enqueue(Reply.stream(ERROR));

        try (RawClient client = streaming()) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.text()).startsWith("{\"error\":");
        }
    }

    @Test
    void shouldPassOnAnErrorAfterContentAndEndWithoutDone() {
        first.enqueue(Reply.stream(event("half"), ERROR, "data: [DONE]\n\n"));

        assertThat(text(events())).isEqualTo(event("half") + ERROR);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldNotWaitForMoreThanAnErrorAfterContent() {
        first.enqueue(Reply.stream(event("half"), ERROR).stallAfter(2).every(Duration.ofMillis(50)));

        assertThat(text(events())).isEqualTo(event("half") + ERROR);
    }

    @Test
    void shouldReportInTheStreamWhenTheUpstreamClosesAfterContent() {
        first.enqueue(Reply.stream(event("half"), event("never")).closeAfter(1));

        assertBrokenAfterHalf(events());
    }

    @Test
    void shouldReportInTheStreamWhenTheUpstreamResetsAfterContent() {
        first.enqueue(Reply.stream(event("half"), event("never")).resetAfter(1).every(Duration.ofMillis(50)));

        assertBrokenAfterHalf(events());
    }

    @Test
    void shouldEndAStalledStreamAfterTheIdleTimeoutAndFreeItsSlot() {
        int aborts = hasty.aborts().size();
        hasty.enqueue(Reply.stream(event("half")).stallAfter(1));

        assertBrokenAfterHalf(hastyEvents(CHAT, streamBody("")));
        hasty.awaitAborted(aborts + 1);
        assertThat(requestsToFirst()).isZero();
    }

    @Test
    void shouldCallTheNextInstanceWhenAStreamStallsBeforeContent() {
        hasty.enqueue(Reply.stream(ROLE).stallAfter(1));
        first.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(hastyEvents(CHAT, streamBody("")))).isEqualTo(ROLE + event("good") + lastEvent());
    }

    @Test
    void shouldAnnounceAResponseOnceWhenAnotherInstanceTakesOver() {
        String created = response("created");
        String rest = response("output_text.delta") + response("completed");
        hasty.enqueue(Reply.stream(created).stallAfter(1));
        first.enqueue(Reply.stream(created, response("in_progress"), rest));

        assertThat(text(hastyEvents("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello!\"}")))
                .isEqualTo(created + response("in_progress") + rest);
    }

    private List<SseEvent> hastyEvents(String path, String body) {
        try (RawClient client = client().post(path, body.replace("gpt-4o", "hasty"))) {
            return eventsOf(client);
        }
    }

    private static String response(String type) {
        return "data: {\"type\":\"response." + type + "\"}\n\n";
    }

    @Test
    void shouldReportInTheStreamWhenTheLastChunkIsMissing() {
        first.enqueue(Reply.stream(event("half"), lastEvent()).closeAfter(1));

        assertBrokenAfterHalf(events());
    }

    @Test
    void shouldReportInTheStreamWhenNothingMarksTheResponseAsComplete() {
        first.enqueue(Reply.stream(event("half")));

        assertBrokenAfterHalf(events());
    }

    @Test
    void shouldReportInTheStreamWhenAChunkSizeIsBroken() {
        String one = event("half");
        first.enqueue(Reply.rawThenClose("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(one.length()) + "\r\n" + one + "\r\nzz\r\nnonsense"));

        assertBrokenAfterHalf(events());
    }

    @Test
    void shouldCallTheNextInstanceWhenAStreamIsEmpty() {
        first.enqueue(Reply.stream(List.of()));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
    }

    @Test
    void shouldSurviveAStreamCutAtEveryByte() {
        String whole = event("h\u00e9\u4f60") + lastEvent().replace("\n", "\r\n") + "data: [DONE]\n\n";
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        int afterContent = event("h\u00e9\u4f60").getBytes(StandardCharsets.UTF_8).length;
        int complete = afterContent + lastEvent().replace("\n", "\r\n").length() - 4;
        for (int cut = afterContent; cut < bytes.length; cut += 1) {
            first.enqueue(closeDelimited(bytes, cut));

            String text = text(events(cut));

            if (cut < complete) {
                assertThat(text).as("cut at %d", cut).startsWith(event("h\u00e9\u4f60")).contains("upstream_stream_error");
            } else {
                assertThat(text).as("cut at %d", cut).doesNotContain("upstream_stream_error").contains("\"stop\"")
                        .matches("(?s).*[\\r\\n]");
            }
        }
    }

    @Test
    void shouldCallTheNextInstanceWhenAStreamIsCutBeforeContent() {
        byte[] bytes = event("h\u00e9").getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < bytes.length - 4; cut += 7) {
            first.enqueue(closeDelimited(bytes, cut));
            second.enqueue(Reply.stream(event("good"), lastEvent()));

            assertThat(text(events())).as("cut at %d", cut).isEqualTo(event("good") + lastEvent());
        }
    }

    @Test
    void shouldPassOnAStreamWithoutDoneAndWithoutUsage() {
        first.enqueue(Reply.stream(event("a"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("a") + lastEvent());
    }

    @Test
    void shouldPassOnALineOfTenMegabytes() {
        String line = event("x".repeat(10_000_000));
        first.enqueue(Reply.stream(line, lastEvent()).inPieces(64 * 1024));

        try (RawClient client = streaming()) {
            assertThat(client.response().body()).hasSize(line.length() + lastEvent().length());
        }
    }

    private static Reply closeDelimited(byte[] bytes, int cut) {
        return (line, request) -> line.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
                .write(Arrays.copyOf(bytes, cut)).close();
    }

    private void assertBrokenAfterHalf(List<SseEvent> events) {
        assertThat(events).hasSize(2);
        assertThat(events.get(0).raw()).isEqualTo(event("half"));
        assertThat(events.get(1).data()).startsWith("{\"error\":{").contains("upstream_stream_error");
        assertThat(requestsToSecond()).isZero();
    }
}
