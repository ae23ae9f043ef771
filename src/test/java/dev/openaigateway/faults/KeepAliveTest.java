package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** SSE comments that keep a stream alive until its first content. */
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
            SseEvent next = client.event();
            while (next.isComment()) {
                next = client.event();
            }
            assertThat(next.raw()).isEqualTo(event("late"));
            assertThat(client.event().raw()).isEqualTo(lastEvent());
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void shouldReportAFailureInTheStreamAfterComments() {
        List<SseEvent> events = eventsAfterAComment(Reply.error(400, "{\n  \"error\": {\n    \"message\": \"no\"\n  }\n}"));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).data()).isEqualTo("{\n  \"error\": {\n    \"message\": \"no\"\n  }\n}");
    }

    @Test
    void shouldCallTheNextInstanceWhenAResponseAfterCommentsIsNotAStream() {
        second.enqueue(Reply.stream(event("streamed"), lastEvent()));

        assertThat(text(eventsAfterAComment(Reply.chat("whole")))).isEqualTo(event("streamed") + lastEvent());
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
