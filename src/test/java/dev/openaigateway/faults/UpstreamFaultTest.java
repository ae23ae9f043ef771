package dev.openaigateway.faults;

import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams that do not respond, or not completely. */
class UpstreamFaultTest extends TwoInstances {

    private static final String MALFORMED = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private final int refused = ScriptedUpstream.refusedPort();
    private final ScriptedUpstream mortal = ScriptedUpstream.start();
    private final ScriptedUpstream hasty = ScriptedUpstream.start();

    @Override
    String settings() throws Exception {
        return super.settings() + """
                  - { name: refused, provider_type: generic, api_base: "http://127.0.0.1:%d", priority: 0, supported_models: [refused-first] }
                  - { name: nowhere, provider_type: generic, api_base: "http://no-such-host.invalid", priority: 0, supported_models: [nowhere] }
                  - { name: mortal, provider_type: generic, api_base: "%s", priority: 0, supported_models: [mortal] }
                  - { name: hasty, provider_type: generic, api_base: "%s", priority: 0, timeout: 1, supported_models: [hasty] }
                """.formatted(refused, mortal.uri(), hasty.uri());
    }

    @AfterAll
    void stopHasty() {
        hasty.close();
    }

    @Test
    void shouldCallTheNextInstanceWhenTheConnectionIsRefused() {
        HttpResponse<String> response = gateway.chat("refused-first");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(instance(response)).isEqualTo("first");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
    }

    @Test
    void shouldCallTheNextInstanceWhenTheConnectionIsReset() {
        first.respond(Reply.reset());

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceWhenTheResponseIsResetInTheMiddle() {
        first.enqueue(Reply.chat("half").resetAfter(20));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceWhenTheConnectionIsClosed() {
        first.respond(Reply.close());

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceWhenHeadersAreLate() {
        hasty.enqueue(Reply.stall());
        int before = hasty.requests().size();

        HttpResponse<String> response = gateway.chat("hasty");

        assertThat(instance(response)).isEqualTo("first");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("2");
        assertThat(hasty.requests()).hasSize(before + 1);
    }

    @Test
    void shouldCallTheNextInstanceWhenHalfOfABodyIsMissing() {
        first.enqueue(Reply.chat("half").half());

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldNeverReturn200WhenEveryBodyIsHalf() {
        first.enqueue(Reply.chat("half").half());
        second.enqueue(Reply.chat("half").chunked(10).half());

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"instance\":\"first\"", "\"instance\":\"second\"").doesNotContain("127.0.0.1");
    }

    @Test
    void shouldCallTheNextInstanceWhenABodyStalls() {
        hasty.enqueue(Reply.chat("stalled").stallAfter(20));

        assertThat(instance(gateway.chat("hasty"))).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\r\n0\r\n\r\n"})
    void shouldRefuseABrokenChunkSize(String response) {
        first.enqueue(Reply.raw(MALFORMED + response));

        assertRefusedAndConnectionNotReused();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
        "Content-Length: -2\r\n\r\n{}",
        "Content-Length: 2x\r\n\r\n{}",
        "Content-Length: 2, 3\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n"})
    void shouldRefuseAnAmbiguousLength(String response) {
        first.enqueue(Reply.raw(MALFORMED + response));

        assertRefusedAndConnectionNotReused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"choices\":", "{\"a\":1}{\"b\":2}", "[]", "null", "not json"})
    void shouldCallTheNextInstanceWhenABodyIsNotAJsonObject(String body) {
        first.enqueue(Reply.json(200, body));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceWhenTheBodyIsHtml() {
        first.enqueue(Reply.body(200, "text/html", "<html>Sign in</html>".getBytes()));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceWhenA200HoldsAnError() {
        first.enqueue(Reply.json(200, "{\"error\":{\"message\":\"overloaded\"}}"));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldCallTheNextInstanceWhenAHostIsUnknown() {
        HttpResponse<String> response = gateway.chat("nowhere");

        assertThat(instance(response)).isEqualTo("first");
    }

    @Test
    void shouldCallTheSameInstanceAgainWhenItClosedAnIdleConnection() {
        first.enqueue(Reply.chat("warm"), Reply.close(), Reply.chat("again"));
        chat();

        HttpResponse<String> response = chat();

        assertThat(instance(response)).isEqualTo("first");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
        assertThat(response.body()).contains("again");
    }

    @Test
    void shouldCallTheNextInstanceWhenOneWithAnIdleConnectionWentDown() {
        assertThat(instance(gateway.chat("mortal"))).isEqualTo("mortal");
        mortal.close();

        assertThat(instance(gateway.chat("mortal"))).isEqualTo("first");
    }

    @Test
    void shouldResendOnANewConnectionWhenTheUpstreamClosedSeveralIdleOnes() {
        long idle = idleConnections(3);
        first.enqueue(Reply.close(), Reply.chat("again"));

        HttpResponse<String> response = chat();

        assertThat(response.body()).contains("again");
        assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
        assertThat(first.requests().get(first.requests().size() - 1).connection()).isGreaterThan(idle);
    }

    @Test
    void shouldSendToOneInstanceAtMostTwice() {
        idleConnections(3);
        int before = requestsToFirst();
        first.respond(Reply.close());

        assertThat(instance(chat())).isEqualTo("second");

        assertThat(requestsToFirst() - before).isEqualTo(2);
    }

    /** Makes the gateway keep that many idle connections to the first instance. Returns the number of the newest. */
    private long idleConnections(int count) {
        CountDownLatch together = new CountDownLatch(count);
        first.respond((line, request) -> {
            together.countDown();
            together.await();
            Reply.chat("warm").writeTo(line, request);
        });
        List<RawClient> clients = Stream.generate(() -> client().post(CHAT, "{\"model\":\"gpt-4o\"}")).limit(count).toList();
        for (RawClient client : clients) {
            assertThat(client.response().status()).isEqualTo(200);
            client.close();
        }
        return first.connections();
    }

    private void assertRefusedAndConnectionNotReused() {
        assertThat(instance(chat())).isEqualTo("second");
        long refusedOn = first.requests().get(first.requests().size() - 1).connection();
        assertThat(instance(chat())).isEqualTo("first");
        assertThat(first.requests().get(first.requests().size() - 1).connection()).isNotEqualTo(refusedOn);
    }
}
