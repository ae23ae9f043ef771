package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.UncheckedIOException;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that send too much, or send invalid or unusual HTTP. */
class ClientHttpTest extends TwoInstances {

    private static final String BODY = "{\"model\":\"gpt-4o\"}";
    private static final String POST = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    @Test
    void shouldRefuseAGiantBodyInChunks() {
        try (RawClient client = client().send(POST + "Transfer-Encoding: chunked\r\n\r\n")) {
            sendChunks(client, 60);
            assertError(client.response(), 413, "request_too_large");
        }
        assertThat(requestsToFirst()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: 18\r\nContent-Length: 19\r\n\r\n" + BODY,
        "Content-Length: -1\r\n\r\n" + BODY,
        "Content-Length: 1x\r\n\r\n" + BODY,
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY + "\r\n0\r\n\r\n",
        "Content-Length : 18\r\n\r\n" + BODY,
        "Content-Length: 18\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n" + BODY + "\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 18\r\n\r\n12\r\n" + BODY + "\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\nContent-Length: 18\r\n\r\n" + BODY,
        "X-A: b\nContent-Length: 18\r\n\r\n" + BODY,
        "Content-Length: 18\r\nX-A: b\n\n" + BODY,
        "Bad Name: x\r\nContent-Length: 18\r\n\r\n" + BODY})
    void shouldRefuseAnAmbiguousRequestAndCloseItsConnection(String rest) {
        try (RawClient client = client().send(POST + rest)) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).startsWith("{\"error\":{");
            assertThat(client.closedByPeer()).isTrue();
        }
        assertThat(requestsToFirst()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
    void shouldEndAStreamWithoutChunksWithItsConnection(String keepAlive) {
        String whole = event("one") + lastEvent() + "data: [DONE]\n\n";
        first.enqueue(Reply.stream(whole));
        String body = streamBody("");

        try (RawClient client = client().send(POST.replace("1.1", "1.0") + keepAlive + "Content-Length: " + body.length() + "\r\n\r\n" + body)) {
            assertThat(client.head().header("connection")).isNotEqualTo("keep-alive");
            assertThat(client.response().text()).isEqualTo(whole);
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @Test
    void shouldKeepAConnectionWithoutChunksWhoseResponseHasALength() {
        String request = POST.replace("1.1", "1.0") + "Connection: keep-alive\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

        try (RawClient client = client().send(request)) {
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.send(request).response().status()).isEqualTo(200);
        }
    }

    @Test
    void shouldTreatAFoldedLineAsPartOfThePreviousHeader() {
        RawResponse response = raw(POST + "X-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: 18\r\n\r\n" + BODY);

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void shouldNotServeARequestHiddenInABody() {
        String hidden = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawClient client = client().send(POST + "Content-Length: " + hidden.length() + "\r\n\r\n" + hidden)) {
            assertThat(client.response().status()).isEqualTo(400);

            assertThat(client.post(CHAT, BODY).response().text()).as("the next response").contains("from first");
        }
    }

    @Test
    void shouldServePipelinedRequestsInOrder() {
        first.respond(request -> Reply.chat(request.text()));
        try (RawClient client = client().post(CHAT, "{\"model\":\"one\"}").post(CHAT, "{\"model\":\"two\"}")) {
            assertThat(client.response().text()).contains("one");
            assertThat(client.response().text()).contains("two");
        }
    }

    @Test
    void shouldRefuseAFloodOfHeaders() {
        RawResponse response = raw(POST + "x-flood: y\r\n".repeat(5000) + "Content-Length: 18\r\n\r\n" + BODY);

        assertError(response, 431, "bad_request");
    }

    @Test
    void shouldRefuseAnEndlessRequestLine() {
        assertError(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"), 414, "bad_request");
    }

    @Test
    void shouldServeATargetInAbsoluteFormByItsPathAlone() {
        RawResponse response = raw("POST http://evil.example" + CHAT + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 18\r\n\r\n" + BODY);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("x-gateway-instance")).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"GET, /nothing, 404, unknown_url", "GET, /v1/chat/completions, 405, method_not_allowed",
        "DELETE, /v1/models, 405, method_not_allowed", "POST, /v1/../v1/nothing, 404, unknown_url"})
    void shouldRespondWithAnErrorObjectWhenNoRouteMatches(String method, String path, int status, String code) {
        try (RawClient client = client().request(method, path, new byte[0])) {
            assertError(client.response(), status, code);
        }
    }

    @Test
    void shouldRefuseAnotherMediaType() {
        try (RawClient client = client().post(CHAT, BODY, "Content-Type: text/plain")) {
            assertError(client.response(), 415, "unsupported_media_type");
        }
    }

    private static void sendChunks(RawClient client, int megabytes) {
        String chunk = "100000\r\n" + "x".repeat(1024 * 1024) + "\r\n";
        try {
            for (int i = 0; i < megabytes; i++) {
                client.send(chunk);
            }
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageMatching("(?i).*(broken pipe|connection reset).*");
        }
    }

    private static void assertError(RawResponse response, int status, String code) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("content-type")).isEqualTo("application/json");
        assertThat(response.headers().all("x-request-id")).singleElement().asString().startsWith("req-");
        assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(response.text()).startsWith("{\"error\":{").contains("\"code\":\"" + code + "\"");
    }
}
