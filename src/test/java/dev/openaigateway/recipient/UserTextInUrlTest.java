package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A text of a request's body, which may have characters that no header has, in the URL of a service that a rule asks. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserTextInUrlTest {

    private final ClientTextGateway gateway = new ClientTextGateway();

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** What the service is asked for, or else the response. */
    private String asked(String rule, String user) {
        int before = gateway.quota.requests().size();
        String escaped = user.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
        String body = "{\"model\":\"gpt-4o\",\"user\":\"" + escaped + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        HttpResponse<String> response = gateway.gateway.post("/v1/chat/completions", body, "x-rule", rule);
        return gateway.quota.requests().size() == before ? response.body() : URLDecoder.decode(gateway.quota.requests().get(before).target(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"red ", " red", "a\r\nX: y", "a\u00a0b", "[x]", "a\tb", "größe €", "&x=%2b", "a%20", "100%", "+ + ", "[x]+"})
    void shouldAskWithTheTextInTheQuery(String user) {
        for (String rule : List.of("user-query", "user-plain", "user-enrich", "user-list", "user-single")) {
            assertThat(asked(rule, user)).as(rule).isEqualTo("/q?team=" + user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RAW{z}", "a\tb+ ", "a\u00a0+"})
    void shouldSayWhatAPlainSendCannotCarryInTheQuery(String user) {
        for (String rule : List.of("user-query", "user-enrich")) {
            assertThat(asked(rule, user)).as(rule).isEqualTo("/q?team=" + user);
        }
        for (String rule : List.of("user-plain", "user-list", "user-single")) {
            assertThat(asked(rule, user)).as(rule).contains("rule_error", "would contain");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"red ", "größe €", "a b", "a|b", "{a}"})
    void shouldAskWithTheTextInThePath(String user) {
        for (String rule : List.of("user-path", "user-path-plain", "user-path-enrich", "user-path-list")) {
            assertThat(asked(rule, user)).as(rule).isEqualTo("/q/" + user + "/z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[x]", "a\tb", "a\nb", "a\u00a0b"})
    void shouldSayWhatAPlainSendCannotCarryInThePath(String user) {
        for (String rule : List.of("user-path", "user-path-enrich")) {
            assertThat(asked(rule, user)).as(rule).isEqualTo("/q/" + user + "/z");
        }
        for (String rule : List.of("user-path-plain", "user-path-list")) {
            assertThat(asked(rule, user)).as(rule).contains("rule_error", "would contain");
        }
    }
}
