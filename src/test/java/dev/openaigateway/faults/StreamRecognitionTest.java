package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A stream is recognised by what it is, whatever its content type. */
class StreamRecognitionTest extends TwoInstances {

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/plain\r\n", "Content-Type: application/json\r\n", "Content-Type: Text/Event-Stream; charset=UTF-8\r\n",
        "Content-Type: application/octet-stream\r\n", "content-type: text/html\r\n"})
    void shouldPassOnEachEventOfAStreamUnderAnyType(String type) {
        Gate gate = new Gate();
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\n" + type + "Transfer-Encoding: chunked\r\n\r\n").flush();
            for (String event : new String[] {event("one"), event("two"), lastEvent()}) {
                gate.pass();
                line.chunk(event.getBytes()).flush();
            }
            line.lastChunk();
        });

        try (RawClient client = streaming()) {
            gate.release();
            RawResponse head = client.head();
            assertThat(head.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(head.header("x-accel-buffering")).isEqualTo("no");
            assertThat(client.event().raw()).isEqualTo(event("one"));
            gate.open();
            assertThat(client.response().text()).isEqualTo(event("two") + lastEvent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "event: chunk\ndata:", "id: 1\ndata:", ": hello\n\ndata:", "retry: 3000\n\ndata:", "\r\n\r\ndata:", ":\ndata:"})
    void shouldRecogniseAnyFirstField(String beginning) {
        String stream = beginning + event("one").substring("data:".length()) + lastEvent();
        first.enqueue(Reply.body(200, "application/json", stream.getBytes()).chunked(1));

        assertThat(text(events())).isEqualTo(stream);
    }

    @Test
    void shouldRemoveAByteOrderMark() {
        first.enqueue(Reply.stream("\ufeff" + event("one"), lastEvent()).inPieces(1));

        assertThat(text(events())).isEqualTo(event("one") + lastEvent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/plain", "application/json"})
    void shouldCallTheNextInstanceWhenABodyIsNeitherAStreamNorJson(String type) {
        first.enqueue(Reply.body(200, type, "Bad gateway".getBytes()), Reply.body(200, type, "Bad gateway".getBytes()));
        second.enqueue(Reply.stream(event("good"), lastEvent()));

        assertThat(text(events())).isEqualTo(event("good") + lastEvent());
        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldSendNoCommentsAndNoStreamWhereTheOperationHasNone() {
        first.enqueue(Reply.embedding(0.5));

        try (RawClient client = client().post("/v1/embeddings", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"x\"}")) {
            RawResponse response = client.response();
            assertThat(response.header("content-type")).isEqualTo("application/json");
            assertThat(response.text()).contains("\"embedding\":[0.5]");
        }
    }
}
