package dev.openaigateway.faults;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads that break off, stop or turn into nonsense. None leaves a stack trace, memory, or a request in flight. */
class BrokenUploadTest extends TwoInstances {

    private static final String JSON = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final String FORM = "POST /v1/audio/transcriptions HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=q7\r\n";
    private static final String PART = "--q7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\nsound";
    private CapturedLog log;

    @Override
    String moreSettings() {
        return "clients: { request_timeout: 1 }";
    }

    static Stream<String> uploads() {
        return Stream.of(
                JSON + "Content-Length: 100\r\n\r\n{\"model\":",
                JSON + "Transfer-Encoding: chunked\r\n\r\n9\r\n{\"model\":\r\n",
                JSON + "Transfer-Encoding: chunked\r\n\r\n50\r\n{\"model\":",
                JSON + "Transfer-Encoding: chunked\r\n\r\n5",
                JSON + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc",
                FORM + "Content-Length: 1000\r\n\r\n" + PART,
                FORM + "Transfer-Encoding: chunked\r\n\r\n1000\r\n" + PART);
    }

    @BeforeAll
    void captureLog() {
        log = new CapturedLog();
    }

    @AfterAll
    void closeLog() {
        log.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Eventually.holds("no memory is held", () -> gateway.metric("gateway_memory_held_bytes", ADMIN) == 0);
        assertThat(requestsToFirst()).isZero();
        assertThat(List.of(log.linesWith("Exception"), log.linesWith("failed inside"), log.linesWith(CapturedLog.STACK_TRACE))).containsOnly(List.of());
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void shouldForgetAnUploadThatIsReset(String upload) {
        RawClient client = client().send(upload);
        client.get("/");
        client.abort();
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void shouldForgetAnUploadWhoseSenderHasGone(String upload) {
        try (RawClient client = client().send(upload)) {
            client.halfClose();
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void shouldReturn408ForAnUploadThatStops(String upload) {
        try (RawClient client = client().send(upload)) {
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(408);
            assertThat(response.text()).startsWith("{\"error\":{").contains("\"code\":\"request_timeout\"");
            assertThat(client.closedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void shouldRefuseAnUploadThatTurnsIntoNonsense(String upload) {
        try (RawClient client = client().send(upload).send("\r\nzz\0\r\n".repeat(200))) {
            RawResponse response = client.response();
            assertThat(response.status()).isIn(400, 408);
            assertThat(response.text()).startsWith("{\"error\":{");
            assertThat(client.closedByPeer() || response.status() == 400).isTrue();
        }
    }
}
