package dev.openaigateway.server.reception;

import dev.openaigateway.server.reception.RequestReception;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class RequestReceptionTest {

    private static final int LIMIT = 100_000;

    private final UnfinishedHeads heads = new UnfinishedHeads(() -> LIMIT);
    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    private final RequestReception reception;

    RequestReceptionTest() {
        channel.pipeline().addLast("consumer", new ChannelInboundHandlerAdapter());
        reception = RequestReception.on(channel.pipeline(), "consumer", heads);
    }

    @Test
    void shouldSeeTheFirstByteAndTheEndOfARequest() {
        assertThat(reception.isSending()).isFalse();
        send("G");
        assertThat(reception.isSending()).isTrue();
        send("ET / HTTP/1.1\r\n\r\n");
        assertThat(reception.isSending()).isFalse();
    }

    @Test
    void shouldSeeTheEndOfABody() {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
        assertThat(reception.isSending()).isTrue();
        send("0\r\n\r\n");
        assertThat(reception.isSending()).isFalse();
    }

    @Test
    void shouldBeginAgainWithTheBodyAndWithEachOfItsMegabytes() {
        send("POST / HTTP/1.1\r\n");
        long head = reception.sinceNanos();
        send("Content-Length: 100000000\r\n\r\n");
        long body = reception.sinceNanos();
        assertThat(body).isGreaterThan(head);

        send("x".repeat(1_000_000));
        assertThat(reception.sinceNanos()).isEqualTo(body);
        send("x".repeat(100_000));
        assertThat(reception.sinceNanos()).isGreaterThan(body);
    }

    @Test
    void shouldHoldTheBytesAndFieldsOfAHeadUntilItIsWhole() {
        send("POST / HTTP/1.1\r\nHost: x\r\n");
        long beginning = heads.held();
        send("A: " + "a".repeat(1_000));
        long longer = heads.held();
        send("\r\nB: b".repeat(10));
        long fields = heads.held();
        send("\r\nContent-Length: 3\r\n\r\n{");
        reception.served();
        long whole = heads.held();

        assertThat(beginning).isPositive();
        assertThat(longer).isGreaterThan(beginning + 1_000);
        assertThat(fields).isGreaterThan(longer + 1_000);
        assertThat(whole).isZero();
    }

    @Test
    void shouldHoldTheFieldsBehindABodyInChunks() {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        reception.served();
        send("3e8\r\n" + "x".repeat(1_000));
        send("\r\n" + "1\r\nx\r\n".repeat(300));
        long pieces = heads.held();
        send("0\r\n" + "A: b\r\n".repeat(100));
        long fields = heads.held();
        send("\r\n");

        assertThat(pieces).isZero();
        assertThat(fields).isGreaterThan(16_000);
        assertThat(heads.held()).isZero();
    }

    @Test
    void shouldSeeThePartOfANextHeadThatArrivesWithARequest() {
        send("GET / HTTP/1.1\r\n\r\nGET /a HTTP/1.1\r\nA: " + "a".repeat(1_000));

        reception.served();
        assertThat(reception.isSendingHead()).isTrue();
        assertThat(heads.held()).isGreaterThan(1_000);
        send("\r\n\r\n");
        assertThat(reception.isSending()).isFalse();
    }

    @Test
    void shouldHoldRequestsThatWaitBehindAnother() {
        String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        send(request);
        reception.served();
        assertThat(heads.held()).isZero();
        send(request.repeat(3));
        long three = heads.held();
        assertThat(three).isPositive();

        for (int i = 0; i < 3; i++) {
            reception.served();
        }
        assertThat(heads.held()).isZero();
    }

    /** So that a client may always have one more request under way. */
    @Test
    void shouldHoldOnlyWhatWaitsNow() {
        String request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
        send(request.repeat(2));
        reception.served();
        long one = heads.held();
        for (int i = 0; i < 100; i++) {
            send(request);
            reception.served();
        }

        assertThat(heads.held()).isEqualTo(one);
    }

    @Test
    void shouldTakeLineEndsBehindARequestForNone() {
        send("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx\r\n");

        assertThat(reception.isSending()).isFalse();
    }

    /** Each end of a request must not search all that follows. */
    @Test
    void shouldCountManyRequestsInOnePieceInProportionalTime() {
        String requests = "GET / HTTP/1.1\r\n\r\n".repeat(20_000) + "GET";
        EmbeddedChannel unbounded = new EmbeddedChannel(new HttpRequestDecoder());
        unbounded.pipeline().addLast("consumer", new ChannelInboundHandlerAdapter());
        UnfinishedHeads held = new UnfinishedHeads(() -> Long.MAX_VALUE / 2);
        RequestReception.on(unbounded.pipeline(), "consumer", held);

        assertTimeout(Duration.ofSeconds(5), () -> unbounded.writeInbound(Unpooled.copiedBuffer(requests, StandardCharsets.US_ASCII)));

        assertThat(held.held()).isGreaterThan(20_000 * 2_000L);
    }

    @Test
    void shouldCloseTheConnectionThatHoldsHeadsForLongest() {
        EmbeddedChannel later = new EmbeddedChannel(new HttpRequestDecoder());
        later.pipeline().addLast("consumer", new ChannelInboundHandlerAdapter());
        RequestReception.on(later.pipeline(), "consumer", heads);
        String half = "POST / HTTP/1.1\r\nA: " + "a".repeat(3_000);
        send(half);
        String more = "\r\nB: " + "b".repeat(3_000);
        send(more);

        later.writeInbound(Unpooled.copiedBuffer(half.replace("A", "B") + "\r\nC:".repeat(500), StandardCharsets.US_ASCII));

        assertThat(channel.isOpen()).isFalse();
        assertThat(later.isOpen()).isTrue();
        assertThat(heads.held()).isBetween(1L, (long) LIMIT);
        assertThat(heads.takeClosed()).isOne();
        later.close();
        assertThat(heads.held()).isZero();
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
