package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of paths that are passed through, which have comments in silences as all streams have. */
class PassedStreamTest extends TwoInstances {

    private static final String CREATED = "event: thread.run.created\ndata: {\"id\":\"run_1\",\"object\":\"thread.run\"}\n\n";
    private static final Duration SILENCE = Duration.ofMillis(700);
    private static final String DONE = "event: done\ndata: [DONE]\n\n";

    @Override
    String moreSettings() {
        return "streams: { keep_alive: 0.2 }";
    }

    @Override
    String ofInstances() {
        return ", passthrough: [\"*\"]";
    }

    @Test
    void shouldSendCommentsInEverySilence() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(CREATED, DONE).gated(gate));

        try (RawClient client = streamed()) {
            assertThat(client.head().header("content-type")).startsWith("text/event-stream");
            for (String expected : new String[] {CREATED, DONE}) {
                assertThat(client.event().isComment()).isTrue();
                gate.release();
                assertThat(afterComments(client).raw()).isEqualTo(expected);
            }
            assertThat(client.event()).isNull();
        }
        assertThat(first.requests().get(first.requests().size() - 1).header("accept")).isEqualTo("*/*");
    }

    /** Some paths have streams that are asked for otherwise. */
    @Test
    void shouldSendCommentsAfterTheFirstEventOfAnyStream() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(CREATED, DONE).gated(gate));
        gate.release();

        try (RawClient client = client().get("/v1/fine_tuning/jobs/ftjob-1/events?stream=true")) {
            client.head();
            assertThat(afterComments(client).raw()).isEqualTo(CREATED);
            assertThat(client.event().isComment()).isTrue();
            gate.release();
            assertThat(afterComments(client).raw()).isEqualTo(DONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 1_300_000})
    void shouldSendNoCommentInsideAnEvent(int sentBefore) {
        String longEvent = "data: {\"id\":\"run_1\",\"text\":\"" + "x".repeat(1_500_000) + "\"}\n\n";
        Gate gate = new Gate();
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            line.write(longEvent.substring(0, sentBefore)).flush();
            line.pause(SILENCE);
            line.write(longEvent.substring(sentBefore)).flush();
            gate.pass();
            line.write(DONE).close();
        });

        try (RawClient client = streamed()) {
            client.head();
            assertThat(afterComments(client).raw().equals(longEvent)).as("the event came in one").isTrue();
            assertThat(client.event().isComment()).isTrue();
            gate.release();
            assertThat(afterComments(client).raw()).isEqualTo(DONE);
        }
    }

    /** Its media type shows only with its head, so nothing was sent before. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "text/plain", "audio/mpeg", "application/x-ndjson"})
    void shouldPassWhatIsNoStreamAfterSilence(String type) {
        String body = "{\"id\":\"run_1\"}";
        first.enqueue(afterSilence(Reply.body(200, type, body.getBytes())));

        assertIsPassed(200, type, body);
    }

    @Test
    void shouldKeepTheStatusOfALateError() {
        first.enqueue(afterSilence(Reply.error(400, "{\"error\":{\"message\":\"no\"}}")));

        assertIsPassed(400, "application/json", "{\"error\":{\"message\":\"no\"}}");
    }

    private void assertIsPassed(int status, String type, String body) {
        try (RawClient client = streamed()) {
            RawResponse response = client.response();
            assertThat(response.text()).isEqualTo(body);
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.header("content-type")).isEqualTo(type);
        }
    }

    /** The silence is longer than that after which streams get comments. */
    private static Reply afterSilence(Reply reply) {
        return (line, request) -> {
            line.pause(SILENCE);
            reply.writeTo(line, request);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "application/stream+json; charset=utf-8", "application/jsonl"})
    void shouldPassLinesOfJsonAsTheyCome(String type) {
        String one = "{\"id\":\"one\"}\n";
        String two = "{\"id\":\"two\"}\n";
        Gate gate = new Gate();
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + one).flush();
            gate.pass();
            line.pause(SILENCE);
            line.write(two).close();
        });

        try (RawClient client = streamed()) {
            assertThat(client.head().header("content-type")).isEqualTo(type);
            assertThat(client.read(one.length())).asString().isEqualTo(one);
            gate.release();
            assertThat(client.read(1000)).asString().isEqualTo(two);
        }
    }

    @Test
    void shouldReportWhatIsNoStreamAfterComments() {
        List<SseEvent> events = afterAComment("{\"id\":\"run_1\"}");

        assertThat(events).hasSize(1);
        assertThat(events.get(0).data()).contains("upstream_stream_error", "sent no stream");
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldEndAnEmptyStreamAfterComments() {
        assertThat(afterAComment("")).isEmpty();
    }

    /** The upstream has announced events, and sends the body when the client has received a comment. */
    private List<SseEvent> afterAComment(String body) {
        CountDownLatch commented = new CountDownLatch(1);
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n").flush();
            commented.await();
            line.write(body).close();
        });
        try (RawClient client = streamed()) {
            client.head();
            assertThat(client.event().isComment()).isTrue();
            commented.countDown();
            return Stream.generate(client::event).takeWhile(event -> event != null).filter(event -> !event.isComment()).toList();
        }
    }

    @Test
    void shouldReportAStreamThatBreaksOff() {
        first.enqueue(Reply.stream(CREATED, DONE).closeAfter(1));

        try (RawClient client = streamed()) {
            List<SseEvent> events = eventsOf(client);
            assertThat(events.get(0).raw()).isEqualTo(CREATED);
            assertThat(events.get(1).data()).contains("upstream_stream_error");
            assertThat(events).hasSize(2);
        }
    }

    @Test
    void shouldTakeAStreamOfAnotherMediaTypeForOne() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(CREATED, DONE).header("Content-Type", "application/json").gated(gate));
        gate.release();

        try (RawClient client = streamed()) {
            client.head();
            assertThat(afterComments(client).raw()).isEqualTo(CREATED);
            gate.release();
            assertThat(afterComments(client).raw()).isEqualTo(DONE);
        }
    }

    private RawClient streamed() {
        return client().post("/v1/threads/thread_1/runs", "{\"assistant_id\":\"asst_1\",\"stream\":true}");
    }

    private static SseEvent afterComments(RawClient client) {
        return Stream.generate(client::event).dropWhile(event -> event != null && event.isComment()).findFirst().orElseThrow();
    }
}
