package dev.openaigateway.security;

import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.openaigateway.security.AdminAccess.Decision.GRANTED;
import static dev.openaigateway.security.AdminAccess.Decision.LOCAL_ONLY;
import static dev.openaigateway.security.AdminAccess.Decision.MISSING_TOKEN;
import static dev.openaigateway.security.AdminAccess.Decision.WRONG_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

class AdminAccessTest {

    private final AdminAccess withToken = new AdminAccess(settings(new Secret("t0ken")));
    private final AdminAccess withoutToken = new AdminAccess(settings(Secret.NONE));

    @Test
    void shouldGrantAccessWithTheToken() {
        assertThat(withToken.decide(Headers.of("Authorization", "Bearer t0ken"), "203.0.113.9")).isEqualTo(GRANTED);
        assertThat(withToken.decide(Headers.of("X-Admin-Token", "t0ken"), "203.0.113.9")).isEqualTo(GRANTED);
        assertThat(withToken.decide(
                Headers.of("Authorization", "Bearer other", "X-Admin-Token", "t0ken"), "203.0.113.9")).isEqualTo(GRANTED);
    }

    @Test
    void shouldWantTheTokenFromLoopbackToo() {
        assertThat(withToken.decide(Headers.NONE, "127.0.0.1")).isEqualTo(MISSING_TOKEN);
        assertThat(withToken.decide(Headers.of("Authorization", "Basic dDBrZW4="), "127.0.0.1")).isEqualTo(MISSING_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t0ke", "t0ken1", "T0KEN", "****"})
    void shouldRefuseAWrongToken(String wrong) {
        assertThat(withToken.decide(Headers.of("X-Admin-Token", wrong), "127.0.0.1")).isEqualTo(WRONG_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "::1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1%0"})
    void shouldGrantLoopbackPeersWhileNoTokenIsSet(String peer) {
        assertThat(withoutToken.decide(Headers.NONE, peer)).isEqualTo(GRANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "203.0.113.9", "fe80::1", "localhost", ""})
    void shouldRefuseOtherPeersWhileNoTokenIsSet(String peer) {
        assertThat(withoutToken.decide(Headers.of("X-Admin-Token", ""), peer)).isEqualTo(LOCAL_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP"})
    void shouldNotTakeAForwardedRequestForALocalOne(String header) {
        assertThat(withoutToken.decide(Headers.of(header, "127.0.0.1"), "127.0.0.1")).isEqualTo(LOCAL_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:3010", "127.0.0.1:3010", "[::1]:3010", "[::1]"})
    void shouldKnowTheNamesOfThisMachine(String host) {
        assertThat(withoutToken.decide(Headers.of("Host", host), "127.0.0.1")).isEqualTo(GRANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:3010", "127.0.0.1.evil.example", "localhost.evil.example", ""})
    void shouldNotTakeAForeignNameForThisMachine(String host) {
        assertThat(withoutToken.decide(Headers.of("Host", host), "127.0.0.1")).isEqualTo(LOCAL_ONLY);
    }

    private static AdminSettings settings(Secret token) {
        return new AdminSettings(token, false, true, 2048);
    }
}
