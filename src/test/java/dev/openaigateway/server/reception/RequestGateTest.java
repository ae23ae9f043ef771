package dev.openaigateway.server.reception;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class RequestGateTest {

    private final HeadMemory memory = new HeadMemory(() -> 1_000_000);
    private final Connection client = new Connection(memory);

    @Test
    void shouldDecodeARequestOnlyAfterTheResponseToTheOneBefore() {
        client.send("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET /c HT");
        client.send("TP/1.1\r\n\r\n");
        assertThat(client.asked).containsExactly("/a");
        assertThat(client.reception.isSending()).isFalse();
        long waiting = memory.held();

        client.respond(HttpResponseStatus.CONTINUE);
        assertThat(client.asked).containsExactly("/a");
        client.respond(HttpResponseStatus.OK);
        assertThat(client.asked).containsExactly("/a", "/b");
        client.respond(HttpResponseStatus.OK);
        assertThat(client.asked).containsExactly("/a", "/b", "/c");

        assertThat(waiting).isGreaterThan(40);
        assertThat(memory.held()).isZero();
    }

    /** Vert.x never releases the buffers of such a request. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /a HTTP/1.1\r\nConnection: close\r\n\r\n", "GET /a HTTP/1.0\r\n\r\n"})
    void shouldDropWhatFollowsTheLastRequest(String last) {
        client.send(last + "POST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}");
        client.respond(HttpResponseStatus.OK);
        client.channel.close();

        assertThat(client.asked).containsExactly("/a");
        assertThat(memory.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /a HTTP/1.1\r\nConnection: close, TE\r\n\r\n", "GET /a HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"})
    void shouldGoOnWhereTheConnectionIsKept(String first) {
        client.send(first + "GET /b HTTP/1.1\r\n\r\n");
        client.respond(HttpResponseStatus.OK);

        assertThat(client.asked).containsExactly("/a", "/b");
    }

    /** The decoder keeps its whole buffer for the beginning of a chunk. */
    @Test
    void shouldCountABufferOfWhichLittleIsLeft() {
        client.send("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nc350\r\n" + "x".repeat(50_000) + "\r\n1");
        client.respond(HttpResponseStatus.UNAUTHORIZED);

        assertThat(memory.held()).isGreaterThanOrEqualTo(50_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 10\r\n\r\n0123456789", "Content-Length: 10\r\n\r\n0123456789\r\n\r\n", "Content-Length: 12\r\n\r\n0123456789",
        "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n"})
    void shouldCountNoBufferThatOnlyPiecesOfABodyHold(String rest) {
        client.keeps = true;
        client.send("POST /a HTTP/1.1\r\n" + rest);
        client.respond(HttpResponseStatus.UNAUTHORIZED);

        assertThat(memory.held()).isZero();
    }

    @Test
    void shouldReleaseABufferOfWhichOnlyLineEndsAreLeft() {
        ByteBuf bytes = Unpooled.copiedBuffer("POST /a HTTP/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\n", StandardCharsets.US_ASCII);
        client.channel.writeInbound(bytes);

        assertThat(bytes.refCnt()).isZero();
        assertThat(client.reception.isSending()).isFalse();
        client.respond(HttpResponseStatus.OK);
        client.send("GET /b HTTP/1.1\r\n\r\n");
        assertThat(client.asked).containsExactly("/a", "/b");
        assertThat(memory.held()).isZero();
    }

    /** The responder closes the connection with the response that would open the gate. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /b HTTP/1.1\r\n\r\n", "POST /b HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}"})
    void shouldDropWhatFollowsAResponseThatClosesTheConnection(String next) {
        client.responds = true;
        client.closes = true;
        client.send("GET /a HTTP/1.1\r\n\r\n" + next);

        assertThat(client.asked).containsExactly("/a");
        assertThat(client.channel.isOpen()).isFalse();
        assertThat(memory.held()).isZero();
    }

    /** A response that the client does not read must not be followed by another. */
    @Test
    void shouldDecodeTheNextRequestOnlyWhenTheResponseIsWritten() {
        client.send("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
        long before = memory.held();
        client.write(HttpResponseStatus.NOT_FOUND);
        assertThat(client.asked).containsExactly("/a");
        assertThat(memory.held()).isGreaterThan(before);

        client.flush();
        assertThat(client.asked).containsExactly("/a", "/b");
    }

    @Test
    void shouldReadNoMoreWhileMuchWaitsAndLoseNothing() {
        String requests = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
        client.send(requests);
        assertThat(client.channel.config().isAutoRead()).as("left to the consumer").isTrue();
        client.send(requests);
        for (int i = 0; i < 2_000; i++) {
            client.respond(HttpResponseStatus.OK);
        }

        assertThat(client.asked).hasSize(2_000);
        assertThat(memory.held()).isZero();
    }

    @Test
    void shouldDecodeNoMoreOfABodyThatIsNotConsumed() {
        client.pauses = true;
        client.send("POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(1_000) + "0\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
        assertThat(client.pieces).isOne();

        client.pauses = false;
        client.responds = true;
        client.channel.config().setAutoRead(true);
        client.channel.runPendingTasks();

        assertThat(client.pieces).isEqualTo(1_000);
        assertThat(client.asked).containsExactly("/a", "/b");
        assertThat(memory.held()).isZero();
    }

    @Test
    void shouldAskNothingMoreForAClientThatHasLeft() {
        client.send("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n");
        client.channel.close();

        assertThat(client.asked).containsExactly("/a");
        assertThat(memory.held()).isZero();
    }

    @Test
    void shouldCloseBehindTheLastResponseWhenTheInputHasEnded() {
        client.send("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET /c HT");
        client.endInput();
        client.respond(HttpResponseStatus.OK);
        assertThat(client.channel.isOpen()).isTrue();
        client.respond(HttpResponseStatus.OK);

        assertThat(client.asked).containsExactly("/a", "/b");
        assertThat(client.channel.isOpen()).isFalse();
        assertThat(memory.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /a", "GET /a HTTP/1.0\r\n\r\n", "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nx"})
    void shouldCloseAtTheEndOfTheInputWhenNoRequestCanBeAnswered(String sent) {
        client.send(sent);
        client.endInput();

        assertThat(client.channel.isOpen()).isFalse();
    }

    /** Line ends behind it are no other request, for which the client would be taken for one that reads. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /a HTTP/1.1\r\n\r\n", "GET /a HTTP/1.1\r\n\r\n\r\n", "GET /a HTTP/1.1\r\nConnection: close\r\n\r\n"})
    void shouldSendInterimResponsesToAClientThatMayRead(String sent) {
        client.send(sent);
        client.send("\r\n");
        client.endInput();

        assertThat(client.channel.isOpen()).isTrue();
        ByteBuf interim = client.channel.readOutbound();
        assertThat(interim.toString(StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    }

    @Test
    void shouldCloseBehindTheResponseToASingleRequestWhenTheInputHasEnded() {
        client.send("GET /a HTTP/1.1\r\n\r\n");
        client.endInput();
        client.respond(HttpResponseStatus.OK);

        assertThat(client.channel.isOpen()).isFalse();
    }

    @Test
    void shouldCloseWhenTheInputEndsInABodyThatWasNotConsumedMeanwhile() {
        client.send("GET /a HTTP/1.1\r\n\r\nPOST /b HTTP/1.1\r\nContent-Length: 3\r\n\r\nx");
        client.endInput();
        client.pauses = true;
        client.respond(HttpResponseStatus.OK);
        assertThat(client.channel.isOpen()).isTrue();

        client.channel.config().setAutoRead(true);
        assertThat(client.channel.isOpen()).isFalse();
    }

    /** Each end of a request must not search all that follows. */
    @Test
    void shouldDecodeManyRequestsInOnePieceInProportionalTime() {
        client.responds = true;

        assertTimeout(Duration.ofSeconds(5), () -> client.send("GET / HTTP/1.1\r\n\r\n".repeat(4_000) + "GET"));

        assertThat(client.asked).hasSize(4_000);
        assertThat(client.reception.isSendingHead()).isTrue();
    }
}
