package dev.openaigateway.upstream.connection;

import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimedSocketsTest {

    private static final int MINUTE_MILLIS = 60_000;

    private final TimedSockets sockets = new TimedSockets();
    private ServerSocket server;
    private Socket socket;
    private Socket upstream;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = sockets.create(null);
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), MINUTE_MILLIS);
        upstream = server.accept();
        socket.setSoTimeout(MINUTE_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        upstream.close();
        server.close();
    }

    @Test
    void shouldEndAReadThatExceedsTheTimeout() {
        // given
        CompletableFuture<Exception> failure = failureOfReading();

        // when
        Eventually.holds("the read ends", () -> {
            sockets.closeOverdue(in(Duration.ofSeconds(61)));
            return failure.isDone();
        });

        // then
        assertThat(failure.join()).isInstanceOf(SocketTimeoutException.class);
        assertThat(socket.isClosed()).isTrue();
        assertThat(sockets.open()).isZero();
    }

    @Test
    void shouldLetAReadWaitUntilTheTimeout() throws IOException {
        // given
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(this::read);

        // when
        for (int i = 0; i < 1000; i++) {
            sockets.closeOverdue(in(Duration.ofSeconds(30)));
        }
        upstream.getOutputStream().write(7);

        // then
        assertThat(read.join()).isEqualTo(7);
    }

    @Test
    void shouldNotCloseASocketWithoutAPendingRead() throws IOException {
        // given
        upstream.getOutputStream().write(new byte[] {7, 8});
        assertThat(read()).isEqualTo(7);

        // when
        sockets.closeOverdue(in(Duration.ofHours(1)));

        // then
        assertThat(read()).isEqualTo(8);
        assertThat(sockets.open()).isEqualTo(1);
    }

    @Test
    void shouldLeaveShortTimeoutsToTheSystem() throws IOException {
        // when
        socket.setSoTimeout(1);

        // then
        assertThat(socket.getSoTimeout()).isEqualTo(1);
        assertThatThrownBy(socket.getInputStream()::read).isInstanceOf(SocketTimeoutException.class);
        sockets.closeOverdue(in(Duration.ofHours(1)));
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void shouldWaitForeverWithoutATimeout() throws IOException {
        // given
        socket.setSoTimeout(0);
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(this::read);

        // when
        for (int i = 0; i < 1000; i++) {
            sockets.closeOverdue(in(Duration.ofHours(1)));
        }
        upstream.getOutputStream().write(7);

        // then
        assertThat(read.join()).isEqualTo(7);
    }

    @Test
    void shouldDistinguishAClosedSocketFromATimeout() throws IOException {
        // given
        CompletableFuture<Exception> failure = failureOfReading();

        // when
        socket.close();

        // then
        assertThat(failure.join()).isInstanceOf(SocketException.class);
        assertThat(sockets.open()).isZero();
    }

    private CompletableFuture<Exception> failureOfReading() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                throw new AssertionError("read " + socket.getInputStream().read());
            } catch (IOException e) {
                return e;
            }
        });
    }

    private int read() {
        try {
            return socket.getInputStream().read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
