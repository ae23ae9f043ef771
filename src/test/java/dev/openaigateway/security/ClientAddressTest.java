package dev.openaigateway.security;

import dev.openaigateway.config.IpLiteral;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClientAddressTest {

    private final ClientAddress behindProxies = new ClientAddress(List.of("10.0.0.0/8", "::1"));

    @Test
    void shouldNotBelieveTheHeaderWithoutTrustedProxies() {
        assertThat(new ClientAddress(List.of()).resolve("203.0.113.9", forwarded("1.1.1.1"))).isEqualTo("203.0.113.9");
    }

    @Test
    void shouldNotBelieveTheHeaderFromAnUntrustedPeer() {
        assertThat(behindProxies.resolve("203.0.113.9", forwarded("1.1.1.1"))).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10.0.0.1 | 198.51.100.7                          | 198.51.100.7",
        "10.0.0.1 | 1.1.1.1, 198.51.100.7                 | 198.51.100.7",
        "10.0.0.1 | 1.1.1.1, 198.51.100.7, 10.2.2.2       | 198.51.100.7",
        "10.0.0.1 | 10.3.3.3, 10.2.2.2                    | 10.3.3.3",
        "10.0.0.1 | 198.51.100.7:4711                     | 198.51.100.7",
        "::1      | [2001:db8::7]:4711                    | 2001:db8:0:0:0:0:0:7",
        "::1      | 2001:db8::7                           | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | 198.51.100.7, evil.example, 10.2.2.2  | 10.2.2.2",
        "10.0.0.1 | unknown                               | 10.0.0.1",
        "10.0.0.1 | ,                                     | 10.0.0.1",
        "10.0.0.1 | '  '                                  | 10.0.0.1",
        "10.0.0.1 | ' 198.51.100.7 ,'                     | 198.51.100.7",
    })
    void shouldTakeTheRightmostHopThatIsNoTrustedProxy(String peer, String forwardedFor, String client) {
        assertThat(behindProxies.resolve(peer, forwarded(forwardedFor))).isEqualTo(client);
    }

    @Test
    void shouldTakeThePeerWithoutTheHeader() {
        assertThat(behindProxies.resolve("10.0.0.1", forwarded())).isEqualTo("10.0.0.1");
    }

    @Property
    void shouldGiveAnAddressWhateverTheHeaderSays(@ForAll String forwardedFor) {
        assertThat(IpLiteral.parse(behindProxies.resolve("10.0.0.1", forwarded(forwardedFor)))).isPresent();
    }

    @Test
    void shouldRefuseANameAsTrustedProxy() {
        assertThatThrownBy(() -> new ClientAddress(List.of("proxy.local"))).hasMessageContaining("'proxy.local'");
    }

    @Test
    void shouldReadAllLinesOfTheHeader() {
        // when
        HeaderLines lines = forwarded("1.1.1.1, 10.3.3.3", "198.51.100.7", "10.2.2.2");
        // then
        assertThat(behindProxies.resolve("10.0.0.1", lines)).isEqualTo("198.51.100.7");
    }

    private static HeaderLines forwarded(String... lines) {
        return name -> name.equals("X-Forwarded-For") ? List.of(lines) : List.of();
    }
}
