package dev.openaigateway.affinity;

import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** The status and the headers of requests that are passed through, and of their responses. */
class PassedHeadTest extends PassedRequests {

    @Override
    String passed() {
        return "passthrough: [\"*\"], forward_headers: [\"*\"]";
    }

    @ParameterizedTest
    @CsvSource({"application/sdp, v=0, /v1/realtime/calls/ID", "application/json, '{}', /v1/realtime/calls/ID",
        "application/sdp, v=0, https://upstream.example:8443/api/v1/realtime/calls/ID?api-version=1",
        "application/sdp, '', /openai/v1/realtime/calls/ID"})
    void shouldSayWhatWasCreatedAndWhere(String type, String body, String location) {
        String id = "rtc_" + IDS.incrementAndGet();
        upstream.respond(Reply.body(201, type, body.getBytes(StandardCharsets.UTF_8)).header("Location", location.replace("ID", id)));

        RawResponse created = request("POST", "/v1/realtime/calls", "key-a", "Content-Type: application/sdp");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).isEqualTo(body);
        assertThat(created.header("location")).isEqualTo("/v1/realtime/calls/" + id);
        int before = upstream.requests().size();
        assertThat(request("POST", "/v1/realtime/calls/" + id + "/hangup", "key-b").status()).isEqualTo(404);
        assertThat(upstream.requests()).hasSize(before);
        assertThat(request("POST", "/v1/realtime/calls/" + id + "/hangup", "key-a").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"https://upstream.example/login", "//upstream.example/v1/other/x", "calls/x", "/v1/realtime/calls/a/b", "/v1/realtime/calls/"})
    void shouldNotRelayAnotherLocation(String location) {
        upstream.respond(Reply.body(201, "application/sdp", "v=0".getBytes(StandardCharsets.UTF_8)).header("Location", location));

        assertThat(request("POST", "/v1/realtime/calls", "key-a").header("location")).isNull();
    }

    @Test
    void shouldAskForAPartOfAFile() {
        upstream.respond(Reply.body(206, "video/mp4", "PART".getBytes(StandardCharsets.UTF_8)).header("Content-Range", "bytes 0-3/9")
                .header("Accept-Ranges", "bytes").header("ETag", "\"v1\""));

        RawResponse part = request("GET", "/v1/videos/video_1/content", "key-a", "Range: bytes=0-3", "If-Range: \"v1\"");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PART");
        assertThat(part.header("content-range")).isEqualTo("bytes 0-3/9");
        assertThat(part.header("accept-ranges")).isEqualTo("bytes");
        assertThat(part.header("etag")).isEqualTo("\"v1\"");
        assertThat(last().header("range")).isEqualTo("bytes=0-3");
        assertThat(last().header("if-range")).isEqualTo("\"v1\"");
        assertThat(last().header("accept-encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "compress", "utf-8"})
    void shouldLeaveAPartOfCompressedContentAsItIs(String encoding) {
        upstream.respond(Reply.body(206, "video/mp4", "PART".getBytes(StandardCharsets.UTF_8)).header("Content-Range", "bytes 4-7/9")
                .header("Content-Encoding", encoding));

        RawResponse part = request("GET", "/v1/videos/video_1/content", "key-a", "Range: bytes=4-7");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("PART");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: br\r\nContent-Length: 0\r\n\r\n", "Content-Encoding: compress\r\nContent-Length: 0\r\n\r\n",
        "Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void shouldReadNoContentInAnyCoding(String headersAndBody) {
        upstream.respond(Reply.raw("HTTP/1.1 200 OK\r\n" + headersAndBody));

        assertThat(request("DELETE", "/v1/videos/video_1", "key-a").status()).isEqualTo(200);
    }

    @Test
    void shouldSayThatAFileIsTheSame() {
        upstream.respond(Reply.raw("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n"));

        RawResponse same = request("GET", "/v1/videos/video_1/content", "key-a", "If-None-Match: \"v1\"");

        assertThat(same.status()).isEqualTo(304);
        assertThat(same.header("etag")).isEqualTo("\"v1\"");
        assertThat(same.body()).isEmpty();
        assertThat(last().header("if-none-match")).isEqualTo("\"v1\"");
    }

    @Test
    void shouldSayThatAFileHasNoSuchPart() {
        upstream.respond(Reply.json(416, "{\"error\":{\"message\":\"range\"}}").header("Content-Range", "bytes */9"));

        RawResponse refused = request("GET", "/v1/videos/video_1/content", "key-a", "Range: bytes=20-");

        assertThat(refused.status()).isEqualTo(416);
        assertThat(refused.header("content-range")).isEqualTo("bytes */9");
    }

    /** A part of a list could not be filtered, and the tag of a list would tell when other clients change it. */
    @Test
    void shouldAskForWholeLists() {
        upstream.respond(Reply.json(200, "{\"data\":[]}").header("ETag", "\"all\"").header("Accept-Ranges", "bytes"));

        RawResponse list = request("GET", "/v1/files", "key-a", "Range: bytes=3-", "If-None-Match: \"all\"");

        assertThat(last().header("range")).isNull();
        assertThat(last().header("if-none-match")).isNull();
        assertThat(list.header("etag")).isNull();
        assertThat(list.header("accept-ranges")).isNull();
    }

    @Test
    void shouldPassTheNameOfAModelWithASlash() {
        upstream.respond(Reply.json(200, "{\"id\":\"org/model\",\"deleted\":true}"));

        assertThat(request("DELETE", "/v1/models/org%2Fmodel", "key-a").status()).isEqualTo(200);
        assertThat(last().target()).isEqualTo("/v1/models/org%2Fmodel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models/org%2F..%2F..%2Ffiles", "/v1/models/..%2Ffiles", "/v1/models/.%2Fa", "/v1/models/a%2F.", "/v1/files/a%2Fb",
        "/v1/models/a%252Fb"})
    void shouldNotPassAnotherEncodedSlash(String path) {
        int before = upstream.requests().size();

        assertThat(request("DELETE", path, "key-a").status()).isGreaterThanOrEqualTo(404);
        assertThat(upstream.requests()).hasSize(before);
    }

    private RecordedRequest last() {
        return upstream.requests().get(upstream.requests().size() - 1);
    }
}
