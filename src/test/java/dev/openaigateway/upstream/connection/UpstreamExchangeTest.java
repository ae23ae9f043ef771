package dev.openaigateway.upstream.connection;

import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TestAuthority;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import static org.assertj.core.api.Assertions.assertThat;

@ProcessTest
class UpstreamExchangeTest {

    private static final String RESPONSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final PooledConnections connections = new PooledConnections(new IdleConnections(null));

    /** What a connection received for an earlier request is no sign of life. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellWhenTheUpstreamSentSomethingForThisRequest(boolean tls) throws Exception {
        try (ServerSocket server = tls ? TestAuthority.ofUpstreams().serverSocket("ip:127.0.0.1")
                : new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ManagedHttpClientConnection connection = connect(server, tls);
            CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> accept(server));
            UpstreamExchange earlier = exchange();
            CompletableFuture<Void> earlierResponse = send(connection, earlier);
            Socket upstream = accepted.join();
            readRequest(upstream);
            respond(upstream);
            earlierResponse.join();
            assertThat(earlier.lastSignNanos()).isNotZero();

            UpstreamExchange exchange = exchange();
            CompletableFuture<Void> response = send(connection, exchange);
            readRequest(upstream);
            assertThat(exchange.lastSignNanos()).isZero();

            long sent = System.nanoTime();
            respond(upstream);
            response.join();
            assertThat(exchange.lastSignNanos() - sent).isPositive();
            connection.close(CloseMode.IMMEDIATE);
        }
    }

    private static UpstreamExchange exchange() {
        return new UpstreamExchange(new HttpGet("/"), null);
    }

    private static CompletableFuture<Void> send(ManagedHttpClientConnection connection, UpstreamExchange exchange) {
        return CompletableFuture.runAsync(() -> receive(connection, exchange), task -> new Thread(task).start());
    }

    private static void readRequest(Socket upstream) throws IOException {
        assertThat(upstream.getInputStream().read(new byte[8192])).isPositive();
    }

    private static void respond(Socket upstream) throws IOException {
        upstream.getOutputStream().write(RESPONSE.getBytes(StandardCharsets.US_ASCII));
    }

    private ManagedHttpClientConnection connect(ServerSocket server, boolean tls) throws Exception {
        Socket socket = new TimedSockets().create(null);
        socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
        ManagedHttpClientConnection connection = connections.createConnection(socket);
        if (tls) {
            TestAuthority.ofUpstreams().trust();
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, null, null);
                connection.bind((SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", server.getLocalPort(), true), socket);
            } finally {
                TestAuthority.trustNoLonger();
            }
        }
        return connection;
    }

    private static Socket accept(ServerSocket server) {
        try {
            return server.accept();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void receive(ManagedHttpClientConnection connection, UpstreamExchange exchange) {
        try {
            HttpGet request = new HttpGet("/");
            ClassicHttpResponse response = UpstreamExchange.EXECUTOR.execute(request, connection, null, exchange);
            EntityUtils.consume(response.getEntity());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
