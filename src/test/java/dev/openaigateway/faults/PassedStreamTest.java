package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
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
            assertThat(client.event().raw()).isEqualTo(CREATED);
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
            line.pause(Duration.ofMillis(700));
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

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/event-stream", "text/plain"})
    void shouldReportWhatIsNoStreamAfterComments(String type) {
        List<SseEvent> events = eventsAfterAComment(Reply.body(200, type, "{\"id\":\"run_1\"}".getBytes()));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).data()).contains("upstream_stream_error", "sent no stream");
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldReportAnErrorAfterComments() {
        List<SseEvent> events = eventsAfterAComment(Reply.error(400, "{\"error\":{\"message\":\"no\"}}"));

        assertThat(events).extracting(SseEvent::data).containsExactly("{\"error\":{\"message\":\"no\"}}");
    }

    @Test
    void shouldEndAnEmptyStreamAfterComments() {
        assertThat(eventsAfterAComment(Reply.stream())).isEmpty();
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

    private List<SseEvent> eventsAfterAComment(Reply response) {
        CountDownLatch commented = new CountDownLatch(1);
        first.enqueue((line, request) -> {
            commented.await();
            response.writeTo(line, request);
        });
        try (RawClient client = streamed()) {
            client.head();
            assertThat(client.event().isComment()).isTrue();
            commented.countDown();
            return Stream.generate(client::event).takeWhile(event -> event != null).filter(event -> !event.isComment()).toList();
        }
    }

    private static SseEvent afterComments(RawClient client) {
        return Stream.generate(client::event).dropWhile(event -> event != null && event.isComment()).findFirst().orElseThrow();
    }
}
