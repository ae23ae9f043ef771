package dev.openaigateway.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class RequestReceptionTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    private final RequestReception reception;

    RequestReceptionTest() {
        channel.pipeline().addLast("consumer", new ChannelInboundHandlerAdapter());
        reception = RequestReception.on(channel.pipeline(), "consumer");
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

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
