package dev.openaigateway.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequestDecoder;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ReceivingTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
    private final Receiving receiving;

    ReceivingTest() {
        channel.pipeline().addLast("consumer", new ChannelInboundHandlerAdapter());
        receiving = Receiving.on(channel.pipeline(), "consumer");
    }

    @Test
    void shouldSeeTheFirstByteAndTheEndOfARequest() {
        assertThat(receiving.isSending()).isFalse();
        send("G");
        assertThat(receiving.isSending()).isTrue();
        send("ET / HTTP/1.1\r\n\r\n");
        assertThat(receiving.isSending()).isFalse();
    }

    @Test
    void shouldSeeTheEndOfABody() {
        send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
        assertThat(receiving.isSending()).isTrue();
        send("0\r\n\r\n");
        assertThat(receiving.isSending()).isFalse();
    }

    @Test
    void shouldBeginAgainWithTheBodyAndWithEachOfItsMegabytes() {
        send("POST / HTTP/1.1\r\n");
        long head = receiving.sinceNanos();
        send("Content-Length: 100000000\r\n\r\n");
        long body = receiving.sinceNanos();
        assertThat(body).isGreaterThan(head);

        send("x".repeat(1_000_000));
        assertThat(receiving.sinceNanos()).isEqualTo(body);
        send("x".repeat(100_000));
        assertThat(receiving.sinceNanos()).isGreaterThan(body);
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }
}
