package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.text.UriText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** A text of a request's body whose special characters have the form that the gateway gives those of a rule's own options. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HiddenTextTest {

    private static final List<String> INSTANCES = List.of("user-tag", "user-exclude", "user-model");
    private static final List<String> ENDPOINTS = List.of("user-whole", "user-groovy");

    private final ClientTextGateway gateway = new ClientTextGateway();

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** Each character that is not a letter or a digit, as any process might write it. */
    private static String guessed(String text) {
        return text.codePoints().mapToObj(at -> Character.isLetterOrDigit(at) ? Character.toString(at) : "\uE000%04x".formatted(at)).collect(Collectors.joining());
    }

    private void assertText(String rule, String user) {
        String body = "{\"model\":\"gpt-4o\",\"user\":\"" + user + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}";
        int before = gateway.east.requests().size();

        String response = gateway.gateway.post("/v1/chat/completions", body, "x-rule", rule).body();

        assertThat(response).as(rule).doesNotContain(ClientTextGateway.SECRET, "hit 1");
        assertThat(gateway.hits.get()).as("calls of a bean by a client's text").isZero();
        assertThat(gateway.east.requests().stream().skip(before)).noneMatch(request -> request.text().contains(ClientTextGateway.SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{secret.word}}", "#property:secret.word", "#bean:trap", "#class:java.lang.String('hit 1')"})
    void shouldReferToNothing(String text) {
        for (UnaryOperator<String> hidden : List.<UnaryOperator<String>>of(HiddenTextTest::guessed, UriText::escaped)) {
            INSTANCES.forEach(rule -> assertText(rule, hidden.apply(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"${properties:secret.word}", "${bean:trap?method=hit}"})
    void shouldEvaluateNothing(String text) {
        for (UnaryOperator<String> hidden : List.<UnaryOperator<String>>of(HiddenTextTest::guessed, UriText::escaped)) {
            ENDPOINTS.forEach(rule -> assertText(rule, "reject:400?message=" + hidden.apply(text)));
        }
    }
}
