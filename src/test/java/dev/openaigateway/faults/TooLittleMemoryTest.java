package dev.openaigateway.faults;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests and responses for which the whole memory, of 24 MB, is too little: another try cannot help. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TooLittleMemoryTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int ALL = 24 * MEGABYTE;
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final MemoryBudget budget = new MemoryBudget(() -> ALL, null);
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().bean("budget", budget).settings("""
                instances:
                  - { name: only, provider_type: generic, api_base: "%s" }
                """.formatted(upstream.uri())).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @AfterEach
    void verifyNothingIsHeld() {
        Eventually.holds("no memory is held", () -> budget.held() == 0);
    }

    /** The first is read but cannot be written as a stream; the second cannot be read. */
    @ParameterizedTest
    @ValueSource(ints = {4, 14})
    void shouldSaySoForJsonThatHasToBecomeAStream(int megabytes) {
        upstream.enqueue(Reply.chat("x".repeat(megabytes * MEGABYTE)));

        assertNeverFits(post(CHAT, "\"stream\":true"));
    }

    @Test
    void shouldSaySoForAStreamThatHasToBecomeJson() {
        String event = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(MEGABYTE) + "\"}}]}\n\n";
        upstream.enqueue(Reply.stream(event.repeat(9)));

        assertNeverFits(post(CHAT, "\"n\":1"));
    }

    @Test
    void shouldSaySoForAnEventOfAStreamThatHasToBecomeJson() {
        upstream.enqueue(Reply.stream("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(20 * MEGABYTE) + "\"}}]}\n\n"));

        assertNeverFits(post(CHAT, "\"n\":1"));
    }

    @Test
    void shouldSaySoForAnnouncementsThatWait() {
        String announcement = "data: {\"type\":\"response.in_progress\",\"response\":{\"id\":\"r\",\"instructions\":\"" + "x".repeat(MEGABYTE) + "\"}}\n\n";
        upstream.enqueue(Reply.stream(announcement.repeat(9)));

        assertNeverFits(post(RESPONSES, "\"stream\":true"));
    }

    @Test
    void shouldSaySoForACompressedPromptThatDoesNotFitBesideItsText() throws IOException {
        byte[] random = new byte[6 * MEGABYTE];
        new Random(1).nextBytes(random);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(body("\"user\":\"" + Base64.getEncoder().encodeToString(random) + "\"").getBytes(StandardCharsets.US_ASCII));
        }

        try (RawClient client = client().request("POST", CHAT, zipped.toByteArray(), "Content-Type: application/json", "Content-Encoding: gzip")) {
            assertNeverFits(client.response());
        }
    }

    @Test
    void shouldSaySoForAPromptThatLeavesNoRoomForItsCall() {
        String body = body("\"user\":\"\"");

        try (RawClient client = client().post(CHAT, body.replace("\"\"", "\"" + "x".repeat(ALL / 2 - body.length()) + "\""))) {
            assertNeverFits(client.response());
        }
    }

    @Test
    void shouldLetClientsRetryWhatFitsLater() {
        try (MemoryLease others = budget.lease()) {
            others.grow(ALL - 2 * MEGABYTE);
            for (String more : new String[] {"\"stream\":true", "\"n\":1"}) {
                upstream.enqueue(more.startsWith("\"s") ? Reply.chat("x".repeat(MEGABYTE / 2)) : Reply.stream("data: " + "x".repeat(MEGABYTE)));

                RawResponse response = post(CHAT, more);

                assertThat(response.status()).as(response.text()).isEqualTo(503);
                assertThat(response.headers().first("x-should-retry")).isNull();
                assertThat(response.headers().first("retry-after")).isEqualTo("1");
            }
        }
    }

    private static void assertNeverFits(RawResponse response) {
        assertThat(response.status()).as(response.text()).isEqualTo(503);
        assertThat(response.text()).contains("\"code\":\"gateway_overloaded\"");
        assertThat(response.headers().first("x-should-retry")).isEqualTo("false");
        assertThat(response.headers().first("retry-after")).isNull();
    }

    private RawResponse post(String path, String member) {
        try (RawClient client = client().post(path, body(member))) {
            return client.response();
        }
    }

    private static String body(String member) {
        return "{\"model\":\"gpt-4o\",\"messages\":[],\"input\":\"Hi\"," + member + "}";
    }

    private RawClient client() {
        return RawClient.connect(gateway.port());
    }
}
