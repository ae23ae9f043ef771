package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that respond with a status, headers or an encoding that needs care. */
class UpstreamStatusTest extends TwoInstances {

    @Override
    String settings() throws Exception {
        return super.settings() + """
                  - { name: named, provider_type: generic, api_key: key-of-named, api_base: "%s", priority: 0, supported_models: [named] }
                """.formatted(first.uri());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 407, 408, 409, 421, 424, 425, 426, 429, 494, 495, 496, 497, 498, 499, 500, 502, 503, 504, 529})
    void shouldCallTheNextInstanceWhenAnotherInstanceMaySucceed(int status) {
        first.enqueue(Reply.error(status, "x", "a message"));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldAnswerAStatusThatHttpDoesNotHaveWith502() {
        first.enqueue(Reply.error(999, "x", "a message"));
        second.enqueue(Reply.error(999, "x", "a message"));

        assertThat(chat().statusCode()).isEqualTo(502);
    }

    /** Some providers report failures so, in words of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"detail\":\"Not authenticated\"}", "{\"code\":500,\"msg\":\"404 NOT_FOUND\",\"success\":false}", "{}"})
    void shouldCallTheNextInstanceAfterASuccessThatIsNoResult(String body) {
        for (String stream : new String[] {"", ",\"stream\":true"}) {
            for (String path : new String[] {"/v1/chat/completions", "/v1/embeddings"}) {
                first.enqueue(Reply.json(200, body));

                HttpResponse<String> response = gateway.post(path, "{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"" + stream + "}");
                assertThat(instance(response)).isEqualTo("second");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"401,'refused the gateway''s key (401).'", "403,'refused the gateway''s key (403).'",
        "404,'does not know the model ''named'', which its settings name (404).'"})
    void shouldRaiseAnAlertOnceWhenAnInstanceIsMisconfigured(int status, String alert) {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 2; i++) {
                first.enqueue(Reply.error(status, "x", "a message"));
                assertThat(instance(gateway.chat("named"))).isEqualTo("first");
            }

            Eventually.holds("an alert was raised", () -> !log.linesWith("alert: ").isEmpty());
            assertThat(log.linesWith("alert: ")).singleElement().asString().endsWith("Instance 'named' " + alert);
        }
    }

    @Test
    void shouldRaiseNoAlertForAModelThatTheSettingsDoNotName() {
        try (CapturedLog log = new CapturedLog()) {
            first.enqueue(Reply.error(404, "x", "a message"), Reply.error(401, "x", "a message"));
            chat();
            chat();

            Eventually.holds("the other alert was raised", () -> !log.linesWith("refused the gateway's key").isEmpty());
            assertThat(log.linesWith("alert: ")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"400,content_filter", "400,context_length_exceeded", "413,request_too_large", "422,unprocessable"})
    void shouldPassOnARefusalUnchangedAndNotFailOver(int status, String code) {
        String refusal = "{ \"error\" : {\"code\":\"" + code + "\", \"message\":\"no\", \"innererror\":{}}}";
        first.enqueue(Reply.error(status, refusal));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(refusal);
        assertThat(requestsToSecond()).isZero();
    }

    @Test
    void shouldMaskTheKeyAndTheHostInARefusal() {
        first.enqueue(Reply.error(400, "{ \"error\" : {\"message\":\"key-of-first does not fit 127.0.0.1:" + first.port() + "/v1\"}}"));

        assertThat(chat().body()).isEqualTo("{ \"error\" : {\"message\":\"**** does not fit ****/v1\"}}");
    }

    @Test
    void shouldReplaceARefusalThatIsNotAnErrorObject() {
        first.enqueue(Reply.body(400, "text/html", "<html>nginx</html>".getBytes(StandardCharsets.UTF_8)));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":{").doesNotContain("nginx");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void shouldNotFollowARedirect(int status) {
        first.enqueue(Reply.json(status, "{}").header("Location", second.uri() + "/stolen"));

        HttpResponse<String> response = chat();

        assertThat(instance(response)).isEqualTo("second");
        assertThat(requestsToSecond()).isEqualTo(1);
        assertThat(second.requests().get(second.requests().size() - 1).path()).isEqualTo(CHAT);
        assertThat(second.requests().get(second.requests().size() - 1).header("authorization")).isEqualTo("Bearer key-of-second");
    }

    @Test
    void shouldNotPassOnTheUpstreamsOwnHeaders() {
        first.enqueue(Reply.chat("a").header("Set-Cookie", "session=1").header("Server", "secret/1.0").header("X-Internal", "10.0.0.1")
                .header("Keep-Alive", "timeout=5").header("X-Ratelimit-Remaining-Tokens", "17").header("CamelHttpResponseCode", "418"));

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().map().keySet()).doesNotContain("set-cookie", "server", "x-internal", "keep-alive", "camelhttpresponsecode");
        assertThat(response.headers().firstValue("x-ratelimit-remaining-tokens")).hasValue("17");
    }

    @Test
    void shouldNotSendTheClientsHeadersUpstream() {
        gateway.chat("gpt-4o", "Authorization", "Bearer clients-own", "Cookie", "a=b", "X-Forwarded-For", "1.2.3.4", "x-custom", "y");

        String sent = first.requests().get(first.requests().size() - 1).headers().toString();
        assertThat(sent).contains("Bearer key-of-first").doesNotContain("clients-own", "a=b", "1.2.3.4", "x-custom");
    }

    @Test
    void shouldReadACompressedResponse() {
        first.enqueue(Reply.chat("unzipped").gzip());

        HttpResponse<String> response = chat();

        assertThat(response.body()).contains("unzipped");
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void shouldReadACompressedError() {
        first.enqueue(Reply.error(400, "x", "unzipped").gzip());

        assertThat(chat().body()).contains("unzipped");
    }

    @Test
    void shouldCallTheNextInstanceWhenCompressedBytesAreBroken() {
        first.enqueue(Reply.chat("unzipped").gzip().half());

        assertThat(instance(chat())).isEqualTo("second");
    }

    /** 300 MB: more than half of the heap of the tests' JVM. */
    @Test
    void shouldCallTheNextInstanceWhenADecompressionBombIsNotJson() throws IOException {
        first.enqueue(bomb(300, "application/json", ""));

        HttpResponse<String> response = chat();

        assertThat(instance(response)).isEqualTo("second");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/json | {\"x\":\"", "text/event-stream | data: ", "audio/mpeg | x"})
    void shouldCutOffADecompressionBombThatLooksLikeAResponse(String type, String beginning) throws IOException {
        first.enqueue(bomb(300, type, beginning));

        try (RawClient client = client().post(CHAT, type.startsWith("text") ? streamBody("") : "{\"model\":\"gpt-4o\"}")) {
            RawResponse response = client.response();

            assertThat(response.body().length).isBetween(1_000_000, 65 * 1024 * 1024);
            String end = new String(response.body(), response.body().length - 200, 200, StandardCharsets.UTF_8);
            assertThat(response.complete() && !end.contains("upstream_stream_error")).as("whole").isFalse();
        }
        assertThat(chat().statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCutOffADecompressionBombInPlaceOfImages() throws IOException {
        first.enqueue(bomb(300, "application/json", "{\"x\":\""));
        second.enqueue(Reply.json(200, "{\"data\":[{\"url\":\"https://x\"}]}"));

        HttpResponse<String> response = gateway.post("/v1/images/generations", "{\"model\":\"gpt-4o\",\"response_format\":\"url\",\"prompt\":\"x\"}");

        assertThat(instance(response)).isEqualTo("second");
    }

    @Test
    void shouldReadOnlyTheBeginningOfADecompressionBombThatIsAnError() throws IOException {
        first.enqueue(Reply.body(500, "application/json", zipped(300, "")).header("Content-Encoding", "gzip"));

        assertThat(instance(chat())).isEqualTo("second");
    }

    private static Reply bomb(int megabytes, String type, String beginning) throws IOException {
        return Reply.body(200, type, zipped(megabytes, beginning)).header("Content-Encoding", "gzip");
    }

    private static byte[] zipped(int megabytes, String beginning) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new FastGzip(zipped)) {
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            byte[] megabyte = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < megabytes; i++) {
                out.write(megabyte);
            }
        }
        return zipped.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
