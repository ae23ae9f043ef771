package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that keep the response open, or send more, after the end of a stream. */
class StreamEndTest extends TwoInstances {

    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void shouldEndAStreamAtDoneWhenTheBodyStaysOpen() {
        int before = first.aborts().size();
        first.enqueue(Reply.stream(event("a"), lastEvent(), DONE).stallAfter(3));

        assertThat(text(events())).isEqualTo(event("a") + lastEvent() + DONE);

        first.awaitAborted(before + 1);
        assertThat(instance(chat())).isEqualTo("first");
    }

    @Test
    void shouldDisconnectAnUpstreamThatContinuesAfterDone() {
        int before = first.aborts().size();
        first.enqueue(Reply.stream(() -> Stream.concat(Stream.of(event("a"), lastEvent(), DONE), Stream.generate(() -> ": more\n\n")).iterator())
                .every(Duration.ofMillis(20)));

        assertThat(text(events())).startsWith(event("a") + lastEvent() + DONE).doesNotContain("error");

        first.awaitAborted(before + 1);
    }

    /** Events that are too long to be held are relayed in parts while the stream lasts. */
    @Test
    void shouldSendNoLongEventAfterDone() {
        first.enqueue(Reply.stream(() -> Stream.concat(Stream.of(event("a"), lastEvent(), DONE), Stream.generate(() -> event("b".repeat(2_000_000))).limit(10))
                .iterator()).every(Duration.ofMillis(20)));

        String text = text(events());

        assertThat(text.substring(0, Math.min(text.length(), 1_000))).isEqualTo(event("a") + lastEvent() + DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "incomplete"})
    void shouldEndAStreamedResponseWhenItsBodyStaysOpen(String type) {
        int before = first.aborts().size();
        String whole = "data: {\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\ndata: {\"type\":\"response."
                + type + "\",\"response\":{\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}}\n\n";
        first.enqueue(Reply.stream(whole).stallAfter(1));

        try (RawClient client = client().post("/v1/responses", "{\"model\":\"gpt-4o\",\"stream\":true,\"input\":\"Hello!\"}")) {
            assertThat(text(eventsOf(client))).isEqualTo(whole);
        }

        first.awaitAborted(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"generations, image_generation, application/json", "edits, image_edit, application/json", "edits, image_edit, multipart/form-data; boundary=b"})
    void shouldEndAStreamOfImagesAfterTheLastOneWhenItsBodyStaysOpen(String path, String kind, String type) {
        int before = first.aborts().size();
        String image = "data: {\"type\":\"" + kind + ".completed\",\"b64_json\":\"A\",\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}\n\n";
        String whole = image + image.replace("completed", "partial_image") + image;
        first.enqueue(Reply.stream(whole).stallAfter(1));
        byte[] body = type.contains("json") ? "{\"model\":\"gpt-image-1\",\"stream\":true,\"n\":2,\"prompt\":\"x\"}".getBytes(StandardCharsets.UTF_8)
                : form("model", "gpt-image-1", "stream", "true", "n", "2", "prompt", "x");

        try (RawClient client = client().request("POST", "/v1/images/" + path, body, "Content-Type: " + type)) {
            assertThat(text(eventsOf(client))).isEqualTo(whole);
        }

        first.awaitAborted(before + 1);
    }

    private static byte[] form(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append("--b\r\nContent-Disposition: form-data; name=\"").append(namesAndValues[i]).append("\"\r\n\r\n").append(namesAndValues[i + 1]).append("\r\n");
        }
        return form.append("--b--\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldReuseTheConnectionAfterDone() {
        assertReused(Reply.stream(event("a"), lastEvent(), DONE), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", ": bye\n\n"})
    void shouldReuseTheConnectionWhenALittleMoreArrives(String rest) {
        assertReused(Reply.stream(event("a"), lastEvent(), DONE, rest), rest);
    }

    private void assertReused(Reply reply, String rest) {
        for (int i = 0; i < 5; i++) {
            first.enqueue(reply);
            assertThat(text(events())).isEqualTo(event("a") + lastEvent() + DONE + rest);
        }

        assertThat(first.requests().stream().skip(first.requests().size() - 5).map(request -> request.connection()).distinct()).hasSize(1);
    }
}
