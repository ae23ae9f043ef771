package dev.openaigateway.faults;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Responses that are no JSON: sound, transcripts, subtitles. They go on as they come. */
class PassingBytesTest extends TwoInstances {

    private static final String SPEECH = "/v1/audio/speech";
    private static final String TRANSCRIPTION = "/v1/audio/transcriptions";

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: audio/mpeg\r\n", "Content-Type: application/octet-stream\r\n", ""})
    void shouldPassOnSoundAsItComes(String type) {
        Gate gate = new Gate();
        first.enqueue((line, request) -> {
            line.write("HTTP/1.1 200 OK\r\n" + type + "Content-Disposition: attachment\r\nTransfer-Encoding: chunked\r\n\r\n").flush();
            for (String piece : new String[] {"\0one", ":two", "{three"}) {
                gate.pass();
                line.chunk(piece.getBytes(StandardCharsets.US_ASCII)).flush();
            }
            line.lastChunk();
        });

        try (RawClient client = client().post(SPEECH, "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}")) {
            gate.release();
            RawResponse head = client.head();
            assertThat(head.header("x-accel-buffering")).isEqualTo("no");
            assertThat(head.header("content-disposition")).isEqualTo("attachment");
            assertThat(head.header("x-gateway-instance")).isEqualTo("first");
            assertThat(new String(client.read(4), StandardCharsets.US_ASCII)).isEqualTo("\0one");
            gate.release();
            assertThat(new String(client.read(4), StandardCharsets.US_ASCII)).isEqualTo(":two");
            gate.release();
            assertThat(client.response().text()).isEqualTo("{three");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain; charset=utf-8", "application/json", "text/vtt", "application/x-subrip"})
    void shouldTakeAnEmptyTranscriptForAnAnswer(String type) {
        for (String format : new String[] {"text", "srt", "vtt"}) {
            first.enqueue(Reply.body(200, type, new byte[0]));

            RawResponse response = post("\"response_format\":\"" + format + "\"");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/plain | Hello", "application/json | Hello", "application/json | {laughs} Hello", "text/plain | data: Hello",
        "text/vtt | WEBVTT"})
    void shouldTakeAnyTextForATranscript(String type, String text) {
        first.enqueue(Reply.body(200, type, text.getBytes()));

        assertThat(post("\"response_format\":\"text\"").text()).isEqualTo(text);
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/json | {\"text\":\"cu", "application/json | ''", "application/json | Hello", "text/html | <p>Log in</p>",
        "application/json | {\"error\":{\"message\":\"overloaded\"}}"})
    void shouldCallTheNextInstanceWhenATranscriptIsNoAnswer(String type, String text) {
        first.enqueue(Reply.body(200, type, text.getBytes()));
        second.enqueue(Reply.json(200, "{\"text\":\"good\"}"));

        assertThat(post("\"response_format\":\"json\"").text()).isEqualTo("{\"text\":\"good\"}");
    }

    @Test
    void shouldPassOnAStatusOfSuccessWithoutABody() {
        first.enqueue(Reply.raw("HTTP/1.1 204 No Content\r\n\r\n"));

        assertThat(post("\"response_format\":\"text\"").status()).isEqualTo(204);
    }

    private RawResponse post(String member) {
        try (RawClient client = client().post(TRANSCRIPTION, "{\"model\":\"gpt-4o\"," + member + "}")) {
            return client.response();
        }
    }
}
