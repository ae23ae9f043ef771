package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** SSE comments that keep a stream alive. */
class KeepAliveTest extends TwoInstances {

    @Override
    String moreSettings() {
        return "streams: { keep_alive: 0.2 }";
    }

    @Test
    void shouldSendCommentsWhileTheFirstEventIsSlow() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("late"), lastEvent()).gated(gate));

        try (RawClient client = streaming()) {
            client.head();
            assertThat(client.event().isComment()).isTrue();
            assertThat(client.event().isComment()).isTrue();
            gate.open();
            assertThat(afterComments(client).raw()).isEqualTo(event("late"));
            assertThat(client.event().raw()).isEqualTo(lastEvent());
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void shouldSendCommentsInEverySilence() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two"), lastEvent(), "data: [DONE]\n\n").gated(gate));

        try (RawClient client = streaming()) {
            client.head();
            for (String expected : new String[] {event("one"), event("two"), lastEvent(), "data: [DONE]\n\n"}) {
                assertThat(nextEvent(client, gate)).isEqualTo(expected);
            }
            assertThat(client.event()).isNull();
        }
    }

    /** The next event that is no comment. It is released after a comment. */
    private static String nextEvent(RawClient client, Gate gate) {
        assertThat(client.event().isComment()).isTrue();
        gate.release();
        return afterComments(client).raw();
    }

    private static SseEvent afterComments(RawClient client) {
        SseEvent next = client.event();
        while (next.isComment()) {
            next = client.event();
        }
        return next;
    }

    @Test
    void shouldSendNoCommentInsideAnEvent() {
        String longEvent = event("x".repeat(1_500_000));
        Gate gate = new Gate();
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            line.write(longEvent.substring(0, 1_300_000)).flush();
            line.pause(Duration.ofMillis(700));
            line.write(longEvent.substring(1_300_000)).flush();
            gate.pass();
            line.write(lastEvent()).close();
        });

        try (RawClient client = streaming()) {
            client.head();
            assertThat(afterComments(client).raw().equals(longEvent)).as("the event came in one").isTrue();
            assertThat(nextEvent(client, gate)).isEqualTo(lastEvent());
        }
    }

    @Test
    void shouldSendNoCommentIntoSound() {
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 6\r\n\r\none").flush();
            line.pause(Duration.ofMillis(700));
            line.write("two");
        });

        try (RawClient client = client().post("/v1/audio/speech", "{\"model\":\"gpt-4o\",\"stream_format\":\"sse\",\"input\":\"Hi\"}")) {
            assertThat(client.response().text()).isEqualTo("onetwo");
        }
    }

    @Test
    void shouldSendJsonAsAStreamAfterComments() {
        assertThat(text(eventsAfterAComment(Reply.chat("whole")))).contains("\"content\":\"whole\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldReportAFailureInTheStreamAfterComments() {
        List<SseEvent> events = eventsAfterAComment(Reply.error(400, "{\n  \"error\": {\n    \"message\": \"no\"\n  }\n}"));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).data()).isEqualTo("{\n  \"error\": {\n    \"message\": \"no\"\n  }\n}");
    }

    /** SDKs raise an event that has a member {@code error}, and yield any other. */
    @Test
    void shouldReportAFailureOfAResponseInTheFormThatClientLibrariesRaise() {
        CountDownLatch commented = new CountDownLatch(1);
        first.enqueue((line, request) -> {
            commented.await();
            Reply.error(400, "context_length_exceeded", "too long").writeTo(line, request);
        });

        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hi\"}")) {
            client.head();
            assertThat(client.event().isComment()).isTrue();
            commented.countDown();
            String event = afterComments(client).raw();

            assertThat(event).startsWith("event: error\ndata: {\"type\":\"error\",\"code\":\"context_length_exceeded\",\"message\":\"too long\"")
                    .contains("\"error\":{\"message\":\"too long\"").contains("\"sequence_number\":0");
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void shouldCallTheNextInstanceWhenABodyAfterCommentsIsNotAStream() {
        second.enqueue(Reply.stream(event("streamed"), lastEvent()));
        String body = "{\"id\":\"whole\"}";

        assertThat(text(eventsAfterAComment("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n",
                Reply.raw(body)))).isEqualTo(event("streamed") + lastEvent());
    }

    @Test
    void shouldCallTheNextInstanceWhenALargeBodyAfterCommentsIsNotAStream() {
        second.enqueue(Reply.stream(event("streamed"), lastEvent()));
        String body = "{\"id\":\"" + "x".repeat(2_000_000) + "\"}";

        assertThat(text(eventsAfterAComment("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n",
                Reply.raw(body)))).isEqualTo(event("streamed") + lastEvent());
    }

    private List<SseEvent> eventsAfterAComment(Reply response) {
        return eventsAfterAComment("", response);
    }

    /** The events without comments. The first instance sends its response only after the client has received a comment. */
    private List<SseEvent> eventsAfterAComment(String atOnce, Reply response) {
        CountDownLatch commented = new CountDownLatch(1);
        first.enqueue((line, request) -> {
            line.write(atOnce).flush();
            commented.await();
            response.writeTo(line, request);
        });
        try (RawClient client = streaming()) {
            client.head();
            assertThat(client.event().isComment()).isTrue();
            commented.countDown();
            return Stream.generate(client::event).takeWhile(event -> event != null).filter(event -> !event.isComment()).toList();
        }
    }
}
