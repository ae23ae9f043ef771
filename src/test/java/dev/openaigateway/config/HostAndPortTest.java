package dev.openaigateway.config;

import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostAndPortTest {

    @ParameterizedTest
    @CsvSource({"'::', http://[::]:3010", "2001:db8::1, http://[2001:db8::1]:3010", "127.0.0.1, http://127.0.0.1:3010", "gateway.example, http://gateway.example:3010"})
    void shouldWriteTheAddressOfTheGatewayAsAUrl(String host, String address) {
        assertThat(TestSettings.of("host: '" + host + "'").address()).isEqualTo(address);
    }
}
