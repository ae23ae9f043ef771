package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** Sound and its text under the type of a page, which some servers give to anything. */
class PageTypeTest extends TwoInstances {

    private static final String REQUEST = "{\"model\":\"gpt-4o\",\"response_format\":\"%s\"}";

    @ParameterizedTest
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = false, value = {"transcriptions;text; And so my fellow Americans~", "translations;text;Hello",
        "transcriptions;text;[BLANK_AUDIO]", "transcriptions;text;<|nospeech|>", "transcriptions;text;{laughs} Hello", "translations;srt;1~00:00 --> 00:01~<i>Hi</i>~",
        "transcriptions;text;''", "transcriptions;text;~"})
    void shouldPassATranscript(String operation, String format, String lines) {
        String text = lines.replace('~', '\n');
        first.enqueue(page(text));

        HttpResponse<String> response = gateway.post("/v1/audio/" + operation, REQUEST.formatted(format));

        assertThat(response.body()).isEqualTo(text);
        assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain").endsWith("charset=utf-8");
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"transcriptions, json", "translations, json", "transcriptions, verbose_json", "transcriptions, text"})
    void shouldPassJson(String operation, String format) {
        first.enqueue(page("{\"text\":\" And so\"}"));

        HttpResponse<String> response = gateway.post("/v1/audio/" + operation, REQUEST.formatted(format));

        assertThat(response.body()).isEqualTo("{\"text\":\" And so\"}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!doctype html><p>Log in", "\n  <!DOCTYPE HTML>", "<html>Sign in</html>", "<!-- login -->", "<?xml version=\"1.0\"?><html/>", "<h1>502</h1>", "<"})
    void shouldCallTheNextInstanceAfterAPage(String page) {
        for (String operation : new String[] {"transcriptions", "translations", "speech"}) {
            first.enqueue(page(page));

            assertThat(instance(gateway.post("/v1/audio/" + operation, REQUEST.formatted("text")))).as(operation).isEqualTo("second");
        }
    }

    @Test
    void shouldCallTheNextInstanceAfterATextInPlaceOfJsonOrSound() {
        first.enqueue(page("Please log in"));
        assertThat(instance(gateway.post("/v1/audio/transcriptions", REQUEST.formatted("json")))).isEqualTo("second");

        first.enqueue(page("Please log in"));
        assertThat(instance(gateway.post("/v1/audio/speech", REQUEST.formatted("mp3")))).isEqualTo("second");
    }

    @Test
    void shouldPassSound() {
        first.enqueue(page("RIFF\0\1"));

        assertThat(gateway.post("/v1/audio/speech", REQUEST.formatted("wav")).body()).isEqualTo("RIFF\0\1");
        assertThat(requestsToSecond()).isZero();
    }

    private static Reply page(String body) {
        return Reply.body(200, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }
}
