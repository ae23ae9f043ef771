package dev.openaigateway.faults;

import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TestAuthority;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Upstreams with faulty TLS. A trusted authority signed their certificates, so that each has exactly one fault. */
@ProcessTest
class TlsFaultTest extends TwoInstances {

    private TlsUpstream good;
    private TlsUpstream expired;
    private TlsUpstream wrongName;
    private ServerSocket stalled;

    private void startUpstreams() throws IOException {
        TestAuthority authority = TestAuthority.ofUpstreams();
        good = new TlsUpstream(authority.serverSocket("ip:127.0.0.1"));
        expired = new TlsUpstream(authority.serverSocket("ip:127.0.0.1", "-10d", 5));
        wrongName = new TlsUpstream(authority.serverSocket("dns:other.example"));
        stalled = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        authority.trust();
    }

    @AfterAll
    void stopUpstreams() throws IOException {
        TestAuthority.trustNoLonger();
        stalled.close();
        good.close();
        expired.close();
        wrongName.close();
    }

    @Override
    String settings() throws Exception {
        startUpstreams();
        return super.settings() + """
                  - { name: good, provider_type: generic, api_base: "%s", priority: 0, supported_models: [good] }
                  - { name: expired, provider_type: generic, api_base: "%s", priority: 0, supported_models: [expired] }
                  - { name: wrong-name, provider_type: generic, api_base: "%s", priority: 0, supported_models: [wrong-name] }
                  - { name: stalled, provider_type: generic, api_base: "%s", priority: 0, timeout: 1, supported_models: [stalled] }
                """.formatted(good.uri(), expired.uri(), wrongName.uri(), "https://127.0.0.1:" + stalled.getLocalPort());
    }

    @Test
    void shouldCallAnInstanceWithAValidCertificate() {
        assertThat(instance(gateway.chat("good"))).isEqualTo("good");
    }

    @Test
    void shouldCallTheNextInstanceWhenACertificateHasExpired() {
        assertThat(instance(gateway.chat("expired"))).isEqualTo("first");
    }

    @Test
    void shouldCallTheNextInstanceWhenACertificateIsForAnotherName() {
        assertThat(instance(gateway.chat("wrong-name"))).isEqualTo("first");
    }

    /** The operating system accepts the connection, but no process reads from it. */
    @Test
    void shouldCallTheNextInstanceWhenTheHandshakeStalls() {
        Tries.oneOfThree(() -> {
            long start = System.nanoTime();

            assertThat(instance(gateway.chat("stalled"))).isEqualTo("first");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        });
    }
}
