package dev.openaigateway.server.reception;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RequestReceptionTest {

    private static final int LIMIT = 100_000;

    private final HeadMemory heads = new HeadMemory(() -> LIMIT);
    private final Connection client = new Connection(heads);
    private final RequestReception reception = client.reception;

    @Test
    void shouldSeeTheFirstByteAndTheEndOfARequest() {
        assertThat(reception.isSending()).isFalse();
        client.send("G");
        assertThat(reception.isSending()).isTrue();
        client.send("ET / HTTP/1.1\r\n\r\n");
        assertThat(reception.isSending()).isFalse();
    }

    @Test
    void shouldSeeTheEndOfABody() {
        client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
        assertThat(reception.isSending()).isTrue();
        client.send("0\r\n\r\n");
        assertThat(reception.isSending()).isFalse();
    }

    @Test
    void shouldBeginAgainWithTheBodyAndWithEachOfItsMegabytes() {
        client.send("POST / HTTP/1.1\r\n");
        long head = reception.sinceNanos();
        client.send("Content-Length: 100000000\r\n\r\n");
        long body = reception.sinceNanos();
        assertThat(body).isGreaterThan(head);

        client.send("x".repeat(1_000_000));
        assertThat(reception.sinceNanos()).isEqualTo(body);
        client.send("x".repeat(100_000));
        assertThat(reception.sinceNanos()).isGreaterThan(body);
    }

    @Test
    void shouldHoldTheBytesAndFieldsOfAHeadUntilItIsWhole() {
        client.send("POST / HTTP/1.1\r\nHost: x\r\n");
        long beginning = heads.held();
        client.send("A: " + "a".repeat(1_000));
        long longer = heads.held();
        client.send("\r\nB: b".repeat(10));
        long fields = heads.held();
        client.send("\r\nContent-Length: 3\r\n\r\n{");
        long whole = heads.held();

        assertThat(beginning).isPositive();
        assertThat(longer).isGreaterThan(beginning + 1_000);
        assertThat(fields).isGreaterThan(longer + 1_000);
        assertThat(whole).isZero();
    }

    @Test
    void shouldHoldTheFieldsBehindABodyInChunks() {
        client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        client.send("3e8\r\n" + "x".repeat(1_000));
        client.send("\r\n" + "1\r\nx\r\n".repeat(300));
        long pieces = heads.held();
        client.send("0\r\n" + "A: b\r\n".repeat(100));
        long fields = heads.held();
        client.send("\r\n");

        assertThat(pieces).isZero();
        assertThat(fields).isGreaterThan(16_000);
        assertThat(heads.held()).isZero();
    }

    @Test
    void shouldSeeThePartOfANextHeadThatArrivesWithARequest() {
        client.send("GET / HTTP/1.1\r\n\r\nGET /a HTTP/1.1\r\nA: " + "a".repeat(1_000));

        client.respond(HttpResponseStatus.OK);
        assertThat(reception.isSendingHead()).isTrue();
        assertThat(heads.held()).isGreaterThan(1_000);
        client.send("\r\n\r\n");
        assertThat(reception.isSending()).isFalse();
    }

    /** A buffer is as large as the reads before it, so that few bytes may hold much memory. */
    @Test
    void shouldHoldWholeBuffers() {
        client.channel.writeInbound(Unpooled.buffer(64_000).writeBytes("GET / HT".getBytes(StandardCharsets.US_ASCII)));

        assertThat(heads.held()).isGreaterThan(64_000);
    }

    @Test
    void shouldTakeLineEndsBehindARequestForNone() {
        client.send("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx\r\n");

        assertThat(reception.isSending()).isFalse();
    }

    /** RFC 9112, section 2.2. */
    @Test
    void shouldTakeLineEndsBeforeARequestForNone() {
        for (String lineEnds : List.of("\r\n", "\r", "\n\r\n", "\n")) {
            client.send(lineEnds);
            assertThat(reception.isSending()).isFalse();
            assertThat(heads.held()).isZero();
        }

        client.send("\r\nG");
        assertThat(reception.isSendingHead()).isTrue();
        client.send("ET /a HTTP/1.1\r\n\r\n");
        client.send("\r\n");
        client.respond(HttpResponseStatus.OK);
        assertThat(reception.isSending()).isFalse();
        assertThat(heads.held()).isZero();
        client.send("GET /b HTTP/1.1\r\n\r\n");
        assertThat(client.asked).containsExactly("/a", "/b");
    }

    @Test
    void shouldCloseTheConnectionThatHoldsHeadsForLongest() {
        Connection later = new Connection(heads);
        String half = "POST / HTTP/1.1\r\nA: " + "a".repeat(3_000);
        client.send(half);
        String more = "\r\nB: " + "b".repeat(3_000);
        client.send(more);

        later.send(half.replace("A", "B") + "\r\nC:".repeat(500));

        assertThat(client.channel.isOpen()).isFalse();
        assertThat(later.channel.isOpen()).isTrue();
        assertThat(heads.held()).isBetween(1L, (long) LIMIT);
        assertThat(heads.takeClosed()).isOne();
        later.channel.close();
        assertThat(heads.held()).isZero();
    }
}
