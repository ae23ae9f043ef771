package dev.openaigateway.security;

import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.CorsSettings;
import dev.openaigateway.config.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static dev.openaigateway.security.AdminAccess.Decision.FOREIGN_ORIGIN;
import static dev.openaigateway.security.AdminAccess.Decision.GRANTED;
import static dev.openaigateway.security.AdminAccess.Decision.LOCAL_ONLY;
import static dev.openaigateway.security.AdminAccess.Decision.MISSING_TOKEN;
import static dev.openaigateway.security.AdminAccess.Decision.READ_ONLY;
import static dev.openaigateway.security.AdminAccess.Decision.WRONG_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

class AdminAccessTest {

    private final AdminAccess withToken = new AdminAccess(settings(new Secret("t0ken")), cors("https://ops.example"));
    private final AdminAccess withoutToken = new AdminAccess(settings(Secret.NONE), cors("*"));

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
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "WL-Proxy-Client-IP", "Proxy-Client-IP", "Remote-Addr", "X-NginX-Proxy",
        "CloudFront-Viewer-Address", "X-Appengine-User-Ip", "Tailscale-User-Login", "X-Real-IP", "Via", "x-forwarded-host", "X-FORWARDED-PROTO", "X-Forwarded-Port", "X-Forwarded-Prefix",
        "X-Forwarded", "CF-Connecting-IP", "True-Client-IP", "X-Original-Host", "X-Envoy-External-Address"})
    void shouldNotTakeAForwardedRequestForALocalOne(String header) {
        assertThat(withoutToken.decide(Headers.of(header, "127.0.0.1"), "127.0.0.1")).isEqualTo(LOCAL_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:3010", "127.0.0.1:3010", "[::1]:3010", "[::1]", "app.localhost", "localhost."})
    void shouldKnowTheNamesOfThisMachine(String host) {
        assertThat(withoutToken.decide(Headers.of("Host", host), "127.0.0.1")).isEqualTo(GRANTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:3010", "127.0.0.1.evil.example", "localhost.evil.example", "localhost:evil.example", "", "127.0.0.1:80:80"})
    void shouldNotTakeAForeignNameForThisMachine(String host) {
        assertThat(withoutToken.decide(Headers.of("Host", host), "127.0.0.1")).isEqualTo(LOCAL_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:8080", "http://localhost", "", "localhost:3010", "http://localhost:3010.evil.example"})
    void shouldRefusePagesOfAnotherOrigin(String origin) {
        assertThat(withoutToken.decide(Headers.of("Host", "localhost:3010", "Origin", origin), "127.0.0.1")).isEqualTo(FOREIGN_ORIGIN);
        assertThat(withToken.decide(Headers.of("Host", "localhost:3010", "Origin", origin, "X-Admin-Token", "t0ken"), "127.0.0.1"))
                .isEqualTo(FOREIGN_ORIGIN);
    }

    /** Browsers send no origin with the GET of an image or a frame. */
    @Test
    void shouldRefuseWhatAPageOfAnotherSiteEmbeds() {
        assertThat(withoutToken.decide(Headers.of("Host", "localhost", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"), "127.0.0.1"))
                .isEqualTo(FOREIGN_ORIGIN);
        for (NamedHeaders served : List.of(Headers.of("Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate"), Headers.of("Sec-Fetch-Site", "same-origin"),
                Headers.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-User", "?1"), Headers.of("Sec-Fetch-Mode", "cors"))) {
            assertThat(withoutToken.decide(served, "127.0.0.1")).isEqualTo(GRANTED);
        }
    }

    @Test
    void shouldAllowPagesOfTheGatewayAndListedOnesWithTheToken() {
        for (String origin : new String[] {"http://localhost:3010", "https://LOCALHOST:3010"}) {
            assertThat(withoutToken.decide(Headers.of("Host", "localhost:3010", "Origin", origin), "127.0.0.1")).isEqualTo(GRANTED);
        }
        assertThat(withToken.decide(Headers.of("Origin", "https://ops.example", "X-Admin-Token", "t0ken"), "10.0.0.1")).isEqualTo(GRANTED);
        assertThat(withToken.decide(Headers.of("Origin", "https://ops.example"), "10.0.0.1")).isEqualTo(MISSING_TOKEN);
    }

    @Test
    void shouldLetTheMonitorTokenLookOnly() {
        AdminAccess both = new AdminAccess(new AdminSettings(new Secret("t0ken"), new Secret("l00k"), false, true, 2048), cors("*"));
        AdminAccess monitorOnly = new AdminAccess(new AdminSettings(Secret.NONE, new Secret("l00k"), false, true, 2048), cors("*"));

        for (AdminAccess access : List.of(both, monitorOnly)) {
            assertThat(access.decide(Headers.of("X-Admin-Token", "l00k"), "10.0.0.1")).isEqualTo(READ_ONLY);
            assertThat(access.decide(Headers.of("Authorization", "Bearer l00k"), "127.0.0.1")).isEqualTo(READ_ONLY);
            assertThat(access.decide(Headers.of("X-Admin-Token", "other"), "10.0.0.1")).isEqualTo(WRONG_TOKEN);
            assertThat(access.decide(Headers.NONE, "10.0.0.1")).isEqualTo(MISSING_TOKEN);
        }
        assertThat(both.decide(Headers.of("Authorization", "Bearer l00k", "X-Admin-Token", "t0ken"), "10.0.0.1")).isEqualTo(GRANTED);
        assertThat(monitorOnly.decide(Headers.NONE, "127.0.0.1")).isEqualTo(GRANTED);
        assertThat(monitorOnly.decide(Headers.of("Host", "localhost", "Origin", "https://evil.example"), "127.0.0.1")).isEqualTo(FOREIGN_ORIGIN);
    }

    private static CorsSettings cors(String origin) {
        return new CorsSettings(List.of(origin), true);
    }

    private static AdminSettings settings(Secret token) {
        return new AdminSettings(token, Secret.NONE, false, true, 2048);
    }
}
