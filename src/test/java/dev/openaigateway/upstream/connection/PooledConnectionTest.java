package dev.openaigateway.upstream.connection;

import dev.openaigateway.support.Eventually;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PooledConnectionTest {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final PooledConnections connections = new PooledConnections(new IdleConnections(null));
    private ServerSocket server;
    private Socket socket;
    private Socket upstream;
    private ManagedHttpClientConnection connection;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket = new TimedSockets().create(null);
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        upstream = server.accept();
        connection = connections.createConnection(socket);
    }

    @AfterEach
    void close() throws IOException {
        connection.close(CloseMode.IMMEDIATE);
        upstream.close();
        server.close();
    }

    @Test
    void shouldBeReusableAfterAResponse() throws Exception {
        exchange(RESPONSE);

        assertThat(connection.isConsistent()).isTrue();
        assertThat(connection.isStale()).isFalse();
        send(get());
        send(post("x"));
    }

    @Test
    void shouldNotBeReleasedWithBytesInItsBuffer() throws Exception {
        exchange(RESPONSE + "H");

        assertThat(connection.isConsistent()).isFalse();
        assertThat(connection.isStale()).isTrue();
    }

    @Test
    void shouldNotSendARequestWithBytesInTheSocket() throws Exception {
        exchange(RESPONSE);

        upstreamSends("H");

        assertThat(connection.isConsistent()).isTrue();
        assertThatThrownBy(() -> send(post("x"))).isInstanceOf(NoHttpResponseException.class);
    }

    /** The upstream's system holds back a second small write until the first is acknowledged. */
    @Test
    void shouldNotSendARequestWhenTheUpstreamHeldBytesBack() throws Exception {
        for (int i = 0; i < 100; i++) {
            exchange(RESPONSE);
        }
        send(post("x"));
        Eventually.holds("the request upstreamSends", () -> availableTo(upstream) > 0);
        upstreamSends(RESPONSE);
        upstream.getOutputStream().write('H');

        readResponse();

        assertThatThrownBy(() -> send(post("x"))).isInstanceOf(NoHttpResponseException.class);
    }

    /** Simulates bytes that arrive after the lease. */
    @Test
    void shouldWriteNothingOfARequestWhenBytesAreUnread() throws Exception {
        exchange(RESPONSE);
        upstreamSends(RESPONSE);

        assertThatThrownBy(() -> send(get())).isInstanceOf(NoHttpResponseException.class);
        assertThatThrownBy(() -> send(post("x"))).isInstanceOf(NoHttpResponseException.class);

        assertThat(upstream.getInputStream().available()).isZero();
    }

    @Test
    void shouldAbortARequestWhoseResponseArrivesInTheMiddle() throws Exception {
        exchange(RESPONSE);
        HttpEntity twoParts = new EntityTemplate(40_000, ContentType.TEXT_PLAIN, null, out -> {
            out.write(new byte[20_000]);
            upstreamSends(RESPONSE);
            out.write(new byte[20_000]);
        });

        assertThatThrownBy(() -> send(ClassicRequestBuilder.post("/").setEntity(twoParts)
                .addHeader("Content-Length", "40000").build()))
                .isInstanceOf(NoHttpResponseException.class);
    }

    /** An upstream may refuse a connection before it reads a request; that response belongs to no other request. */
    @Test
    void shouldAcceptAnEarlyResponseOnANewConnection() throws Exception {
        upstreamSends("HTTP/1.1 503 Full\r\nContent-Length: 0\r\n\r\n");

        send(post("x"));

        assertThat(connection.receiveResponseHeader().getCode()).isEqualTo(503);
    }

    @Test
    void shouldCloseASocketBoundAfterTheConnectionWasClosed() throws Exception {
        connection.close(CloseMode.IMMEDIATE);

        try (Socket late = new Socket(server.getInetAddress(), server.getLocalPort())) {
            assertThatThrownBy(() -> connection.bind(late)).isInstanceOf(InterruptedIOException.class);
            assertThat(late.isClosed()).isTrue();
        }
        assertThat(connection.isOpen()).isFalse();
        assertThat(connection.isStale()).isTrue();
    }

    private void exchange(String sent) throws Exception {
        send(post("x"));
        InputStream requests = upstream.getInputStream();
        Eventually.holds("the request upstreamSends", () -> availableTo(upstream) > 0);
        requests.skipNBytes(requests.available());
        upstreamSends(sent);
        readResponse();
    }

    private void readResponse() throws HttpException, IOException {
        ClassicHttpResponse response = connection.receiveResponseHeader();
        connection.receiveResponseEntity(response);
        assertThat(EntityUtils.toString(response.getEntity())).isEqualTo("ok");
        connection.passivate();
    }

    private void upstreamSends(String text) throws IOException {
        upstream.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        Eventually.holds("the bytes arrive", () -> availableTo(socket) == text.length());
    }

    private void send(ClassicHttpRequest request) throws HttpException, IOException {
        connection.sendRequestHeader(request);
        connection.sendRequestEntity(request);
        connection.flush();
    }

    private static int availableTo(Socket reader) {
        try {
            return reader.getInputStream().available();
        } catch (IOException e) {
            return -1;
        }
    }

    private static ClassicHttpRequest get() {
        return ClassicRequestBuilder.get("/").build();
    }

    private static ClassicHttpRequest post(String body) {
        return ClassicRequestBuilder.post("/").setEntity(body, ContentType.TEXT_PLAIN)
                .addHeader("Content-Length", String.valueOf(body.length())).build();
    }
}
