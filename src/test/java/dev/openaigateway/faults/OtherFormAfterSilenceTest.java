package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.SseEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A response that is no stream, and comes when the client's stream has begun with a comment. It was billed, so no other instance is asked. */
class OtherFormAfterSilenceTest extends TwoInstances {

    @Override
    String moreSettings() {
        return "streams: { keep_alive: 0.2 }";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "audio/transcriptions | text/plain | Hello there | {'type':'transcript.text.delta','delta':'Hello there'} {'type':'transcript.text.done','text':'Hello there'}",
        "audio/transcriptions | text/vtt | WEBVTT | {'type':'transcript.text.delta','delta':'WEBVTT'} {'type':'transcript.text.done','text':'WEBVTT'}",
        "audio/transcriptions | application/x-subrip | 1 | {'type':'transcript.text.delta','delta':'1'} {'type':'transcript.text.done','text':'1'}",
        "audio/speech | audio/mpeg | ID3x | {'type':'speech.audio.delta','audio':'SUQzeA=='} {'type':'speech.audio.done'}",
        "images/generations | application/json | {'created':7,'data':[{'url':'http://i'}]} | {'type':'image_generation.completed','created_at':7,'url':'http://i'}",
        "responses | application/json | {'id':'r','output':[]} | {'type':'response.created','sequence_number':0,'response':{'id':'r','output':[],"
                + "'status':'in_progress','usage':null,'error':null}} {'type':'response.in_progress','sequence_number':1,'response':{'id':'r','output':[],"
                + "'status':'in_progress','usage':null,'error':null}} {'type':'response.completed','sequence_number':2,'response':{'id':'r','output':[],"
                + "'status':'completed'}}"})
    void shouldSendWhatIsNoStreamAsEventsAfterComments(String path, String type, String body, String events) {
        Reply reply = Reply.body(200, type, body.replace('\'', '"').getBytes());

        assertThat(events(path, "\"response_format\":\"text\"", reply).stream().map(SseEvent::data).collect(Collectors.joining(" ")))
                .isEqualTo(events.replace('\'', '"'));
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "audio/transcriptions | application/json | {'segments':[]}", "images/generations | application/json | {'data':[{'file_id':'f'}]}",
        "images/generations | image/png | PNG"})
    void shouldAskNoOtherInstanceForWhatCannotBeAStream(String path, String type, String body) {
        int errors = errorsOfFirst();
        List<SseEvent> events = events(path, "\"prompt\":\"x\"", Reply.body(200, type, body.replace('\'', '"').getBytes()));

        assertThat(events).hasSize(1);
        assertThat(events.get(0).data()).contains("upstream_stream_error", "sent no stream");
        assertThat(requestsToSecond()).isZero();
        assertThat(errorsOfFirst()).isEqualTo(errors);
    }

    private int errorsOfFirst() {
        return Integer.parseInt(gateway.get("/admin/instances", ADMIN).body().replaceFirst("(?s).*?\"name\":\"first\".*?\"error_count\":(\\d+).*", "$1"));
    }

    @Test
    void shouldAnnounceAResponseInTheBackgroundAndCloseTheConnection() {
        try (RawClient client = commented("responses", "\"background\":true", Reply.json(200, "{\"id\":\"r\",\"status\":\"queued\"}"))) {
            assertThat(Stream.generate(client::event).dropWhile(SseEvent::isComment).findFirst().orElseThrow().data()).startsWith("{\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"r\"");
            assertThat(client.event().data()).startsWith("{\"type\":\"response.queued\",\"sequence_number\":1");
            assertThatThrownBy(client::event).hasMessageContaining("closed inside a message");
        }
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldReportAResponseThatIsNotFinishedAndCannotBeResumed() {
        List<SseEvent> events = events("responses", "\"input\":\"x\"", Reply.json(200, "{\"id\":\"r\",\"status\":\"in_progress\"}"));

        assertThat(text(events)).contains("\"type\":\"error\",\"code\":\"upstream_stream_error\"",
                "{\"type\":\"response.failed\",\"sequence_number\":3,\"response\":{\"id\":\"r\"");
        assertThat(requestsToSecond()).isZero();
    }

    private List<SseEvent> events(String path, String members, Reply response) {
        try (RawClient client = commented(path, members, response)) {
            return Stream.generate(client::event).takeWhile(event -> event != null).filter(event -> !event.isComment()).toList();
        }
    }

    /** A client that has received a comment. The first instance sends its response only after that. */
    private RawClient commented(String path, String members, Reply response) {
        CountDownLatch commented = new CountDownLatch(1);
        first.enqueue((line, request) -> {
            commented.await();
            response.writeTo(line, request);
        });
        RawClient client = client().post("/v1/" + path, "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_format\":\"sse\"," + members + "}");
        client.head();
        assertThat(client.event().isComment()).isTrue();
        commented.countDown();
        return client;
    }
}
