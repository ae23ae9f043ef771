package dev.openaigateway.tls;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestAuthority;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests over TLS, whose bodies Vert.x keeps as parts of the buffers that were read. A connection that stays open after them holds nothing. */
@GatewayTest
@ProcessTest
@TestInstance(Lifecycle.PER_CLASS)
class HeldBytesTest {

    private static final String KEY = "Authorization: Bearer key-of-client\r\n";
    private static final int BODY_LIMIT = 50_000;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.chat("from upstream"));
    private TestGateway gateway;
    private SSLContext tls;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        TestAuthority authority = new TestAuthority(folder);
        authority.writePem("dns:localhost", folder.resolve("tls.crt"), folder.resolve("tls.key"));
        tls = authority.context(null);
        gateway = TestGateway.builder().property("camel.server.max-body-size", "" + BODY_LIMIT).settings("""
                tls: { certificate: "%s", key: "%s" }
                clients: { keys: [ { name: client, key: key-of-client } ] }
                instances: [ { name: only, provider_type: generic, api_base: "%s" } ]
                """.formatted(folder.resolve("tls.crt"), folder.resolve("tls.key"), upstream.uri())).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** Those of 14 KB are in one TLS record. */
    @ParameterizedTest
    @CsvSource({"true, 14000, 1, 200", "false, 14000, 1, 401", "true, 45000, 1, 200", "false, 45000, 1, 401", "true, 60000, 1, 413", "false, 60000, 1, 401",
        "true, 1000, 10, 200", "false, 1000, 10, 401"})
    void shouldHoldNothingOfBodies(boolean withKey, int length, int times, int status) {
        String body = body(length);
        assertHoldsNothingAfter(head(withKey, "Content-Length: " + length) + body, times, status);
        assertHoldsNothingAfter(head(withKey, "Content-Length: " + length) + body + "\r\n\r\n", times, status);
    }

    @ParameterizedTest
    @CsvSource({"true, 7000, 1, 200", "false, 7000, 1, 401", "true, 60000, 1, 413", "true, 1000, 10, 200", "false, 1000, 10, 401"})
    void shouldHoldNothingOfBodiesInChunks(boolean withKey, int length, int times, int status) {
        String body = body(length);
        String chunks = Integer.toHexString(length) + "\r\n" + body + "\r\n10\r\n" + " ".repeat(16) + "\r\n0\r\n\r\n";
        assertHoldsNothingAfter(head(withKey, "Transfer-Encoding: chunked") + chunks, times, status);
    }

    /** Its end does not arrive. */
    @ParameterizedTest
    @CsvSource({"true, 60000, 413", "false, 20000, 401"})
    void shouldHoldNothingOfABodyThatIsRefusedEarly(boolean withKey, int length, int status) {
        assertHoldsNothingAfter(head(withKey, "Content-Length: " + length) + body(14_000), 1, status);
    }

    private void assertHoldsNothingAfter(String request, int times, int status) {
        try (RawClient client = RawClient.connect(gateway.port(), tls).send(request.repeat(times))) {
            for (int i = 0; i < times; i++) {
                assertThat(client.response().status()).isEqualTo(status);
            }
            Eventually.holds("no memory is held", () -> metrics().contains("gateway_memory_held_bytes 0.0"));
        }
    }

    private String metrics() {
        try (RawClient client = RawClient.connect(gateway.port(), tls).get("/metrics")) {
            return client.response().text();
        }
    }

    private static String head(boolean withKey, String length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + (withKey ? KEY : "") + length + "\r\n\r\n";
    }

    private static String body(int length) {
        String json = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        return json + " ".repeat(length - json.length());
    }
}
