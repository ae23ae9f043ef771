package dev.openaigateway.server;

import dev.openaigateway.config.CorsSettings;
import dev.openaigateway.security.HeaderLookup;
import dev.openaigateway.security.Headers;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserHeadersTest {

    private static final String ORIGIN = "https://app.example";
    private static final HeaderLookup PREFLIGHT = Headers.of(
            "Origin", ORIGIN,
            "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "authorization,content-type,x-stainless-os");

    @Test
    void shouldAddNothingWhenAllIsOff() {
        BrowserHeaders headers = headers(false);

        assertThat(headers.forOrigin(ORIGIN)).isEmpty();
        assertThat(headers.isPreflight("OPTIONS", PREFLIGHT)).isFalse();
    }

    @Test
    void shouldHardenEveryResponse() {
        assertThat(headers(true).forOrigin(null))
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .containsEntry("Referrer-Policy", "no-referrer")
                .hasSize(4);
    }

    @Test
    void shouldAllowAListedOriginByItsName() {
        assertThat(headers(false, ORIGIN, "https://other.example").forOrigin(ORIGIN))
                .containsEntry("Access-Control-Allow-Origin", ORIGIN)
                .containsEntry("Vary", "Origin")
                .hasEntrySatisfying("Access-Control-Expose-Headers", exposed ->
                        assertThat(exposed.split(", ")).contains("x-request-id", "x-ratelimit-remaining-tokens", "x-ratelimit-remaining-requests",
                                "x-should-retry", "openai-processing-ms", "retry-after-ms", "apim-request-id", "x-gateway-trace", "allow", "date",
                                "x-codex-turn-state", "x-codex-primary-used-percent"))
                .doesNotContainKey("Access-Control-Allow-Credentials");
    }

    @Test
    void shouldNotAllowAnOriginThatIsOnlyNear() {
        for (String near : List.of("http://app.example", "https://app.example.evil", "https://APP.example", "null", "")) {
            assertThat(headers(false, ORIGIN).forOrigin(near)).as(near).containsOnlyKeys("Vary");
        }
    }

    @Test
    void shouldAllowEveryOriginWithAStar() {
        assertThat(headers(false, "*").forOrigin("https://any.example"))
                .containsEntry("Access-Control-Allow-Origin", "*")
                .doesNotContainKey("Vary");
        assertThat(headers(false, "*").forOrigin(null)).isEmpty();
    }

    @Test
    void shouldKnowAPreflight() {
        BrowserHeaders headers = headers(false, ORIGIN);

        assertThat(headers.isPreflight("OPTIONS", PREFLIGHT)).isTrue();
        assertThat(headers.isPreflight("POST", PREFLIGHT)).isFalse();
        assertThat(headers.isPreflight("OPTIONS", Headers.of("Origin", ORIGIN))).isFalse();
        assertThat(headers.isPreflight("OPTIONS", Headers.of("Access-Control-Request-Method", "POST"))).isFalse();
    }

    @Test
    void shouldRespondToAPreflight() {
        assertThat(headers(false, ORIGIN).forPreflight(PREFLIGHT))
                .containsEntry("Access-Control-Allow-Origin", ORIGIN)
                .containsEntry("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS")
                .containsEntry("Access-Control-Allow-Headers", "authorization,content-type,x-stainless-os")
                .containsEntry("Access-Control-Max-Age", "600")
                .doesNotContainKey("Access-Control-Expose-Headers");
    }

    @Test
    void shouldAllowNothingInAPreflightOfAForeignOrigin() {
        assertThat(headers(false, "https://other.example").forPreflight(PREFLIGHT)).containsOnlyKeys("Vary");
    }

    @Test
    void shouldNotSendBackHeaderNamesThatAreNone() {
        HeaderLookup forged = Headers.of("Origin", ORIGIN, "Access-Control-Request-Headers", "a\r\nSet-Cookie: b");

        assertThat(headers(false, ORIGIN).forPreflight(forged)).doesNotContainKey("Access-Control-Allow-Headers");
    }

    private static BrowserHeaders headers(boolean hardening, String... origins) {
        return new BrowserHeaders(new CorsSettings(List.of(origins), hardening));
    }
}
