package dev.openaigateway.support;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScriptedUpstreamTest {

    private static final String REQUEST = "{\"model\":\"gpt-4o\"}";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final RawClient client = RawClient.connect(upstream.port());

    @AfterEach
    void close() {
        client.close();
        upstream.close();
    }

    @Test
    void shouldRecordRequestsAndRespondInOrderOnOneConnection() {
        upstream.enqueue(Reply.error(500, "boom", "no"), Reply.chat("Hi \"you\""));

        client.post("/a?b=c", REQUEST, "X-Twice: 1", "x-twice: 2").get("/second");

        assertThat(client.response().status()).isEqualTo(500);
        assertThat(client.response().text()).contains("\"content\":\"Hi \\\"you\\\"\"", "\"total_tokens\":21");
        RecordedRequest first = upstream.awaitRequests(2).get(0);
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.path()).isEqualTo("/a");
        assertThat(first.text()).isEqualTo(REQUEST);
        assertThat(first.headers().all("X-TWICE")).containsExactly("1", "2");
        assertThat(first.connection()).isEqualTo(upstream.requests().get(1).connection());
        assertThat(upstream.aborts()).isEmpty();
    }

    @Test
    void shouldReadChunkedRequests() {
        client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");

        assertThat(client.response().complete()).isTrue();
        assertThat(upstream.requests().get(0).text()).isEqualTo("abcde");
    }

    @Test
    void shouldRespondInChunksOrCompressed() throws IOException {
        upstream.enqueue(Reply.chat("one").chunked(7), Reply.chat("two").gzip());

        assertThat(client.get("/").response().text()).endsWith("}").contains("\"one\"");
        RawResponse zipped = client.get("/").response();

        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes()).asString().contains("\"two\"");
    }

    @Test
    void shouldLeaveABodyIncompleteWhenScripted() {
        upstream.enqueue(Reply.chat("cut").half(), Reply.chat("reset").chunked(5).resetAfter(20));

        RawResponse half = client.get("/").response();
        assertThat(half.complete()).isFalse();
        assertThat(half.body().length).isEqualTo(Integer.parseInt(half.header("content-length")) / 2);
        try (RawClient second = RawClient.connect(upstream.port())) {
            assertThat(second.get("/").response().complete()).isFalse();
        }
        assertThat(upstream.aborts()).isEmpty();
    }

    @Test
    void shouldHoldEachEventAtTheGate() {
        Gate gate = new Gate();
        upstream.enqueue(Reply.chatStream("Hello", " world").gated(gate));

        client.post("/", REQUEST).head();
        gate.release();

        assertThat(client.event().data()).contains("\"role\":\"assistant\"");
        client.readTimeout(Duration.ofMillis(50));
        assertThatThrownBy(client::event).isInstanceOf(UncheckedIOException.class);
        gate.open();
        client.readTimeout(Eventually.TIMEOUT);
        assertThat(Stream.generate(client::event).takeWhile(event -> event != null).map(SseEvent::data))
                .hasSize(4).last().isEqualTo("[DONE]");
    }

    @Test
    void shouldSendUsageOnlyWhenRequested() {
        upstream.enqueue(Reply.azureStream("a"), Reply.chatStream("a"));

        String requested = client.post("/", "{\"stream_options\":{\"include_usage\": true}}").response().text();
        String plain = client.post("/", REQUEST).response().text();

        assertThat(requested).startsWith("data: {\"choices\":[]").contains("\"usage\":null", "\"choices\":[],\"usage\":{");
        assertThat(plain).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    }

    @Test
    void shouldKeepTimeBetweenEvents() {
        upstream.enqueue(Reply.stream("data: 1\n\n", "data: 2\n\n", ": still here\r\n\r\n").every(Duration.ofMillis(60)));

        long requested = System.nanoTime();
        client.get("/").head();
        assertThat(client.event().arrivedNanos()).isGreaterThan(requested);
        assertThat(client.event().arrivedNanos() - requested).isGreaterThan(60_000_000);
        SseEvent third = client.event();

        assertThat(third.arrivedNanos() - requested).isGreaterThan(120_000_000);
        assertThat(third.isComment()).isTrue();
        assertThat(client.event()).isNull();
    }

    @Test
    void shouldCutAStreamWithoutItsLastChunk() {
        upstream.enqueue(Reply.chatStream("a", "b").inPieces(1).closeAfter(2));

        client.get("/").head();
        client.event();
        assertThat(client.event().data()).contains("\"a\"");

        assertThatThrownBy(client::event).hasCauseInstanceOf(EOFException.class);
    }

    @Test
    void shouldNoticeAClientThatLeaves() {
        upstream.enqueue(Reply.stall(), Reply.chatStream("a").stallAfter(1));

        client.get("/stalled");
        upstream.awaitRequests(1);
        client.abort();

        assertThat(upstream.awaitAborted().request().target()).isEqualTo("/stalled");
        try (RawClient second = RawClient.connect(upstream.port())) {
            second.get("/stream").head();
            second.event();
        }
        assertThat(upstream.awaitAborted(2).get(1).request().target()).isEqualTo("/stream");
    }

    @Test
    void shouldCountNoAbortWhenTheClientLeavesWithItsResponse() {
        for (int i = 0; i < 200; i++) {
            try (RawClient one = RawClient.connect(upstream.port())) {
                one.get("/").response();
            }
        }
        assertThat(upstream.aborts()).isEmpty();
        assertThat(upstream.connections()).isGreaterThanOrEqualTo(200);
    }

    @Test
    void shouldDropConnectionsWhenScripted() {
        client.get("/").response();
        upstream.enqueue(Reply.reset()).resetOnAccept(1);

        assertThat(client.get("/").closedByPeer()).isTrue();
        try (RawClient second = RawClient.connect(upstream.port())) {
            assertThat(second.closedByPeer()).isTrue();
        }
    }

    @Test
    void shouldRefuseConnectionsAtTheRefusedPort() {
        int port = ScriptedUpstream.refusedPort();

        assertThatThrownBy(() -> RawClient.connect(port)).hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void shouldSendASlowHeadAByteAtATime() {
        Tries.oneOfThree(() -> {
            upstream.enqueue(Reply.json(200, "{}").slowHead(Duration.ofMillis(1)));
            int before = client.arrivals().size();

            assertThat(client.get("/").response().text()).isEqualTo("{}");
            List<Arrival> arrivals = client.arrivals().subList(before, client.arrivals().size());
            assertThat(arrivals.size()).isGreaterThan(10);
            assertThat(arrivals.get(arrivals.size() - 1).nanos() - arrivals.get(0).nanos()).isGreaterThan(40_000_000);
        });
    }

    @Test
    void shouldHoldBackWhenTheClientStopsReading() {
        String event = "data: " + "x".repeat(10_000) + "\n\n";
        upstream.enqueue(Reply.stream(() -> Stream.generate(() -> event).iterator()));

        try (RawClient slow = RawClient.connect(upstream.port(), 4096)) {
            slow.get("/").head();
            slow.event();
            upstream.awaitRequests(1);
        }

        assertThat(upstream.awaitAborted()).isNotNull();
        assertThat(upstream.bytesSent()).isLessThan(50_000_000);
    }

    @Test
    void shouldSayWhatWasMissingWhenAWaitEnds() {
        assertThatThrownBy(() -> upstream.awaitRequests(1, Duration.ofMillis(20)))
                .isInstanceOf(AssertionError.class).hasMessageContaining("1 requests within PT0.02S expected, seen 0");
    }
}
