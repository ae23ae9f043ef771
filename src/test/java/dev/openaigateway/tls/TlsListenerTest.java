package dev.openaigateway.tls;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.FreePort;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestAuthority;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.tools.HealthCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gateway's own listener over TLS. */
@GatewayTest
@ProcessTest
@TestInstance(Lifecycle.PER_CLASS)
class TlsListenerTest {

    private static final String CHUNK = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String KEEP_ALIVE_REQUEST = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private Path folder;
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private TestAuthority authority;
    private Path certificate;
    private Path key;
    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        authority = new TestAuthority(folder);
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        authority.writePem("dns:localhost", certificate, key);
        gateway = TestGateway.start("""
                tls: { certificate: "%s", key: "%s" }
                instances: [ { name: east, provider_type: generic, api_base: "%s" } ]
                """.formatted(certificate, key, upstream.uri()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldServeAndStreamOverTls() throws Exception {
        upstream.enqueue(Reply.stream(CHUNK, "data: [DONE]\n\n"));
        HttpClient http = HttpClient.newBuilder().sslContext(authority.context(null)).build();

        HttpResponse<String> stream = http.send(HttpRequest.newBuilder(address(gateway, "/v1/chat/completions")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"m\",\"stream\":true,\"messages\":[]}")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body()).contains("Hello", "[DONE]");
        assertThat(gateway.main().getCamelContext().getStatus().isStarted()).isTrue();
    }

    @Test
    void shouldTellTheHealthCommandThatItIsReady() {
        assertThat(health(gateway.port())).isEqualTo("0 Ready: HTTP/1.0 200 OK");
        int free = FreePort.next();
        assertThat(health(free)).isEqualTo("1 Not ready: 127.0.0.1:" + free + ": Connection refused");
    }

    private static String health(int port) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = HealthCommand.run(Map.of("PORT", "" + port, "HOST", "0.0.0.0"), new PrintStream(out, true, StandardCharsets.UTF_8));
        return status + " " + out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void shouldUseARenewedCertificateWithoutClosingConnections() throws Exception {
        try (CapturedLog log = new CapturedLog(); SSLSocket open = connect(gateway, null)) {
            Certificate first = open.getSession().getPeerCertificates()[0];
            assertThat(health(open)).startsWith("HTTP/1.1 200");

            Path damaged = Files.writeString(folder.resolve("damaged"), "no certificate");
            byte[] good = Files.readAllBytes(certificate);
            Files.move(damaged, certificate, StandardCopyOption.REPLACE_EXISTING);
            Eventually.holds("the damaged file is refused", () -> log.linesWith("The TLS file " + certificate + " cannot be used").size() == 1);
            Files.write(certificate, good);

            authority.writePem("dns:localhost", certificate, key);
            Eventually.holds("new connections get the new certificate", () -> !served().equals(first));
            assertThat(health(open)).startsWith("HTTP/1.1 200");
            assertThat(open.getSession().getPeerCertificates()[0]).isEqualTo(first);
        }
    }

    @Test
    void shouldAskClientsForACertificateIfSettingsDo() throws Exception {
        Path keystore = authority.keystore("dns:localhost");
        TestAuthority next = new TestAuthority(Files.createDirectory(folder.resolve("next")));
        Path authorities = authority.writeCertificate(folder.resolve("ca.crt"));
        try (TestGateway strict = TestGateway.start("""
                tls: { keystore: "%s", password: changeit, client_auth: require, client_ca: "%s" }
                instances: [ { name: east, provider_type: generic, api_base: "%s" } ]
                """.formatted(keystore, authorities, upstream.uri()))) {
            try (SSLSocket known = connect(strict, keystore)) {
                assertThat(health(known)).startsWith("HTTP/1.1 200");
            }
            assertThatThrownBy(() -> health(connect(strict, null))).isInstanceOf(IOException.class);
            assertThat(health(strict.port())).isEqualTo("0 Ready: the listener asks for a client's certificate");

            Path other = next.keystore("dns:localhost");
            next.writeCertificate(authorities);
            Eventually.holds("clients of the other authority are served", () -> isServed(strict, other));
            assertThat(isServed(strict, keystore)).as("a client of the previous authority").isFalse();
        }
    }

    private boolean isServed(TestGateway by, Path own) {
        try (SSLSocket socket = connect(by, own)) {
            return health(socket).startsWith("HTTP/1.1 200");
        } catch (IOException refused) {
            return false;
        }
    }

    private Certificate served() {
        try (SSLSocket socket = connect(gateway, null)) {
            return socket.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param own keystore with the client's certificate; null for none */
    private SSLSocket connect(TestGateway to, Path own) throws IOException {
        SSLContext context = authority.context(own);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", to.port());
        socket.startHandshake();
        return socket;
    }

    private static String health(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(KEEP_ALIVE_REQUEST.getBytes(StandardCharsets.US_ASCII));
        byte[] head = socket.getInputStream().readNBytes(15);
        if (head.length == 0) {
            throw new IOException("closed");
        }
        StringBuilder rest = new StringBuilder(new String(head, StandardCharsets.US_ASCII));
        while (!rest.toString().endsWith("\r\n0\r\n\r\n")) {
            rest.append((char) socket.getInputStream().read());
        }
        return rest.toString();
    }

    private static URI address(TestGateway to, String path) {
        return URI.create("https://localhost:" + to.port() + path);
    }

    @Test
    void shouldWarnOfACertificateThatExpiresSoon() throws Exception {
        HttpClient http = HttpClient.newBuilder().sslContext(authority.context(null)).build();
        try (TestGateway later = TestGateway.builder().clock(() -> Instant.now().plus(Duration.ofDays(5)))
                .settings("tls: { certificate: '%s', key: '%s' }".formatted(certificate, key)).start()) {
            HttpRequest warnings = HttpRequest.newBuilder(address(later, "/admin/warnings")).build();

            assertThat(http.send(warnings, HttpResponse.BodyHandlers.ofString()).body()).contains("certificate_expires", "no_instances");
        }
    }

    @Test
    void shouldRefuseFilesThatCannotBeUsedBeforeTheNextStartFails() throws Exception {
        Path junk = Files.writeString(folder.resolve("junk"), "no key");
        String instances = "\ninstances: [ { name: east, provider_type: generic, api_base: \"%s\" } ]\n".formatted(upstream.uri());
        Files.createDirectories(folder.resolve("check/routes"));

        for (String[] wrong : new String[][] {{"tls.key", "certificate: '%s', key: '%s'".formatted(certificate, junk)},
            {"tls.certificate", "certificate: '%s', key: '%s'".formatted(junk, key)}, {"tls.keystore", "keystore: '%s', password: x".formatted(junk)},
            {"tls.client_ca", "certificate: '%s', key: '%s', client_ca: '%s'".formatted(certificate, key, junk)}}) {
            String settings = "# first\ntls: { " + wrong[1] + " }" + instances;
            Files.writeString(folder.resolve("check/routes/instances.yaml"), settings);
            assertThat(new CheckCommand(folder.resolve("check"), Map.of()).problems()).singleElement().asString()
                    .startsWith("routes/instances.yaml:2: " + wrong[0] + " \"" + junk + "\" cannot be used: ");

            try (TestGateway running = TestGateway.start(instances)) {
                Files.writeString(running.settingsFile(), settings);
                HttpResponse<String> refused = running.post("/config/reload", "");
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.body()).contains(":2", wrong[0], "cannot be used: ");
            }
        }
    }

    @Test
    void shouldNotStartWithAKeyOfAnotherCertificate() {
        authority.writePem("dns:localhost", folder.resolve("other.crt"), folder.resolve("other.key"));

        try (CapturedLog log = new CapturedLog()) {
            assertThatThrownBy(() -> TestGateway.start("tls: { certificate: '%s', key: '%s' }".formatted(certificate, folder.resolve("other.key"))))
                    .hasStackTraceContaining(":1: tls.certificate \"" + certificate + "\" cannot be used: the certificate does not belong to the private key");
            assertThat(log.linesWith("requests in flight: ")).isEmpty();
        }
    }
}
