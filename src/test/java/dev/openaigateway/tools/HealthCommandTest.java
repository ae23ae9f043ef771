package dev.openaigateway.tools;

import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TestAuthority;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a listener with TLS that resets each connection behind the handshake, so that an alert of its would be lost. */
@ProcessTest
class HealthCommandTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"true, 0 Ready: the listener asks for a client's certificate", "false, 1 Not ready: "})
    void shouldTakeTheLossOfTheConnectionForARefusalOfNoCertificateOnly(boolean asks, String expected) throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        SSLContext context = authority.context(authority.keystore("dns:localhost"));
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serve(listener, context, asks), "listener");
            server.setDaemon(true);
            server.start();

            assertThat(command(listener.getLocalPort())).startsWith(expected);
        }
    }

    private static void serve(ServerSocket listener, SSLContext context, boolean asks) {
        while (!listener.isClosed()) {
            try (Socket accepted = listener.accept()) {
                SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, accepted.getPort(), true);
                secured.setUseClientMode(false);
                secured.setWantClientAuth(asks);
                secured.startHandshake();
                accepted.setSoLinger(true, 0);
            } catch (IOException e) {
                // The command begins with plain HTTP, and leaves.
                continue;
            }
        }
    }

    private static String command(int port) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = HealthCommand.run(Map.of("HOST", "127.0.0.1", "PORT", "" + port), new PrintStream(out, true, StandardCharsets.UTF_8));
        return status + " " + out.toString(StandardCharsets.UTF_8).strip();
    }
}
