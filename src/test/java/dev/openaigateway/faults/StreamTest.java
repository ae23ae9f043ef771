package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of an upstream without faults. */
class StreamTest extends TwoInstances {

    @Test
    void shouldPassOnEachEventBeforeTheNextIsSent() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two"), lastEvent(), "data: [DONE]\n\n").gated(gate));

        try (RawClient client = streaming()) {
            gate.release();
            assertThat(client.head().header("content-type")).startsWith("text/event-stream");
            assertThat(client.event().raw()).isEqualTo(event("one"));
            gate.release();
            assertThat(client.event().raw()).isEqualTo(event("two"));
            gate.open();
            assertThat(client.event().raw()).isEqualTo(lastEvent());
            assertThat(client.event().isDone()).isTrue();
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void shouldPassOnEventsAtTheUpstreamsPace() {
        Tries.oneOfThree(() -> {
            first.enqueue(Reply.stream(event("1"), event("2"), event("3"), lastEvent()).every(Duration.ofMillis(250)));

            List<SseEvent> events = events();

            for (int i = 1; i < events.size(); i++) {
                long gap = events.get(i).arrivedNanos() - events.get(i - 1).arrivedNanos();
                assertThat(Duration.ofNanos(gap)).isBetween(Duration.ofMillis(150), Duration.ofMillis(600));
            }
        });
    }

    @Test
    void shouldPassOnEventsByteForByte() {
        String odd = "event: x\r\nid: 7\r\ndata:{\"choices\" : [ {\"delta\":{\"content\":\"\\u00e4 \u4f60\"}} ],\"obfuscation\":\"aZ\"}\r\n\r\n"
                + ": a comment\n\n" + "data: {\"choices\":[\ndata: {\"delta\":{\"content\":\"split\"},\"finish_reason\":\"stop\"}]}\n\n"
                + "data: [DONE]\n\n";
        first.enqueue(Reply.stream(odd).inPieces(3));

        assertThat(text(events())).isEqualTo(odd);
    }

    @Test
    void shouldRequestUsageAndDropItsEventWhenTheClientDidNotRequestIt() {
        first.enqueue(Reply.chatStream("a", "b"));

        List<SseEvent> events = events();

        assertThat(lastRequest()).contains("\"include_usage\":true");
        assertThat(text(events)).doesNotContain("\"prompt_tokens\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldPassOnTheUsageEventWhenTheClientRequestedIt() {
        first.enqueue(Reply.chatStream("a", "b"));

        try (RawClient client = client().post(CHAT, streamBody("\"stream_options\":{\"include_usage\":true},"))) {
            assertThat(text(eventsOf(client))).contains("\"usage\":{\"prompt_tokens\":9");
        }
    }

    @Test
    void shouldPassOnACompressedStreamEventByEvent() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two"), lastEvent()).gzip().gated(gate));

        try (RawClient client = streaming()) {
            gate.release();
            RawResponse head = client.head();
            assertThat(head.header("content-encoding")).isNull();
            assertThat(client.event().raw()).isEqualTo(event("one"));
            gate.release();
            assertThat(client.event().raw()).isEqualTo(event("two"));
            gate.open();
            assertThat(client.event().raw()).isEqualTo(lastEvent());
            assertThat(client.event()).isNull();
        }
    }

    @Test
    void shouldServeTheNextRequestOnTheSameConnectionAfterAStream() {
        first.enqueue(Reply.chatStream("a"));

        try (RawClient client = streaming()) {
            eventsOf(client);
            assertThat(client.post(CHAT, "{\"model\":\"gpt-4o\"}").response().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldSendEventsWithoutChunksToAClientOfHttp10() {
        Gate gate = new Gate();
        first.enqueue(Reply.stream(event("one"), event("two"), lastEvent()).gated(gate));
        String body = streamBody("");

        try (RawClient client = client().send("POST " + CHAT + " HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body)) {
            gate.release();
            assertThat(client.head().header("transfer-encoding")).isNull();
            assertThat(client.event().raw()).isEqualTo(event("one"));
            gate.open();
            assertThat(client.event().raw()).isEqualTo(event("two"));
            assertThat(client.event().raw()).isEqualTo(lastEvent());
            assertThat(client.event()).isNull();
        }
    }

    /** Its connection ends with the events, also if the client has asked to keep it. So nothing could respond to what it has sent behind. */
    @Test
    void shouldCarryOutNothingBehindEventsWithoutChunks() {
        first.respond(Reply.stream(event("one"), lastEvent()));
        String body = streamBody("");
        String request = "POST " + CHAT + " HTTP/1.0\r\nConnection: keep-alive\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        for (int i = 0; i < 10; i++) {
            try (RawClient client = client().send(request + request)) {
                assertThat(text(eventsOf(client))).isEqualTo(event("one") + lastEvent());
                assertThat(client.closedByPeer()).isTrue();
            }
        }

        assertThat(chat().statusCode()).isEqualTo(200);
        assertThat(requestsToFirst()).isEqualTo(11);
    }

    private String lastRequest() {
        return first.requests().get(first.requests().size() - 1).text();
    }
}
