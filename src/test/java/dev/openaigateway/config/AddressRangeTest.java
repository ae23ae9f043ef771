package dev.openaigateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "255.255.255.255, 255.255.255.255",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::7, 2001:db8:0:0:0:0:0:7",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:10.0.0.1, 10.0.0.1",
        "::10.0.0.1, 0:0:0:0:0:0:a00:1",
    })
    void shouldReadLiterals(String literal, String oneSpelling) {
        assertThat(IpLiteral.parse(literal)).map(InetAddress::getHostAddress).contains(oneSpelling);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "localhost", "example.org", "a", "dead", "1", "1.2.3", "1.2.3.4.", "1.2.3.256", "01.2.3.4", "0x7f.0.0.1",
        ":", ":::", "1:2", "a.b:c", "1::2::3", "[::1]", "12345::", "1.2.3.4:80", " 1.2.3.4", "unknown", "%", "::1 x"})
    void shouldRefuseOtherTextsWithoutResolvingNames(String text) {
        assertThat(IpLiteral.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.1.2, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.200, true",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "fd00::/8, fdab::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "10.0.0.0/8, ::ffff:10.1.1.1, true",
    })
    void shouldContainAddressesOfTheRange(String range, String address, boolean inside) {
        assertThat(AddressRange.parse(range).contains(IpLiteral.parse(address).orElseThrow())).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.local", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/x", "/8", "", "fe80::1%eth0"})
    void shouldRefuseInvalidRanges(String text) {
        assertThatThrownBy(() -> AddressRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is neither an IP address nor a CIDR range such as 10.0.0.0/8");
    }

    @Property(tries = 300)
    void shouldContainExactlyTheAddressesWithThePrefix(
            @ForAll @Size(4) byte[] first, @ForAll @Size(4) byte[] second, @ForAll @IntRange(max = 32) int prefix) {
        long difference = (number(first) ^ number(second)) >>> 32 - prefix;

        assertThat(AddressRange.parse(text(first) + "/" + prefix).contains(IpLiteral.parse(text(second)).orElseThrow()))
                .isEqualTo(difference == 0);
    }

    @Test
    void shouldRecognizeLoopback() {
        assertThat(IpLiteral.parse("127.9.9.9").orElseThrow().isLoopbackAddress()).isTrue();
        assertThat(IpLiteral.parse("::1").orElseThrow().isLoopbackAddress()).isTrue();
        assertThat(IpLiteral.parse("::ffff:127.0.0.1").orElseThrow().isLoopbackAddress()).isTrue();
        assertThat(IpLiteral.parse("128.0.0.1").orElseThrow().isLoopbackAddress()).isFalse();
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte each : bytes) {
            number = number << 8 | each & 0xff;
        }
        return number;
    }

    private static String text(byte[] bytes) {
        return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
    }
}
