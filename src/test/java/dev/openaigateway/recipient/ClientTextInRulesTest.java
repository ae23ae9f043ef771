package dev.openaigateway.recipient;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever step of a rule uses a text of a client, it stays text: it is not evaluated, and it gives a step no options. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTextInRulesTest {

    private static final List<String> HOSTILE = List.of("{{secret.word}}", "{{?secret.word}}", "${properties:secret.word}", "$simple{properties:secret.word}",
            "${bean:trap?method=hit}", "a&code={{secret.word}}", "a&message=${bean:trap?method=hit}", "a?b={{secret.word}}", "#{secret.word}", "#bean:trap",
            "%7B%7Bsecret.word%7D%7D", "%24%7Bbean:trap?method=hit%7D", "RAW({{secret.word}})", "east,reject:418?message={{secret.word}}",
            "a','${bean:trap?method=hit}','", "west?model={{secret.word}}", "RAW(a)&code={{secret.word}}&type=RAW(b)");

    private final ClientTextGateway gateway = new ClientTextGateway();

    @AfterAll
    void stop() {
        gateway.close();
    }

    Stream<String> ruleNames() {
        return gateway.rules.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("ruleNames")
    void shouldNotEvaluateAText(String rule) {
        try (CapturedLog log = new CapturedLog()) {
            for (String text : HOSTILE) {
                HttpResponse<String> response = gateway.chat(rule, text);
                assertThat(response.statusCode()).as(text + ": " + response.body()).isIn(200, 404, 429, 500);
                assertThat(response.body()).as(text).doesNotContain(ClientTextGateway.SECRET, "hit 1");
                HttpResponse<String> dry = gateway.gateway.get("/admin/route?model=gpt-4o&header.x-rule=" + rule + "&header.x-team="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8), "Authorization", "Bearer admin-token-0123456789");
                assertThat(dry.body()).as(text).doesNotContain(ClientTextGateway.SECRET, "hit 1");
            }
            assertThat(log.linesWith(ClientTextGateway.SECRET)).isEmpty();
        }
        assertThat(gateway.hits.get()).as("calls of a bean by a client's text").isZero();
        assertThat(Stream.of(gateway.east, gateway.west, gateway.quota).flatMap(each -> each.requests().stream()).map(ClientTextInRulesTest::sent))
                .noneMatch(sent -> sent.contains(ClientTextGateway.SECRET) || sent.contains("hit 1"));
    }

    private static String sent(RecordedRequest request) {
        return URLDecoder.decode(request.target(), StandardCharsets.UTF_8) + request.headers() + request.text();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"${env.PATH}", "{{secret.word}}", "a&code=zz", "a=b+c 100%", "RAW(x)", "#1"})
    void shouldQuoteATextAsItIsInARefusal(String text) {
        HttpResponse<String> refused = gateway.chat("reject", text);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"Team " + text + " is over its quota.\"").doesNotContain("\"zz\"");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"west?model=gpt-4o-mini", "west&model=gpt-4o-mini", "*?tag=eu", "west#a", "west?weight=1", "{{secret.word}}", "west%3Fmodel=a"})
    void shouldTakeATextForANameOfAnInstanceOnly(String text) {
        for (String rule : List.of("instance", "list", "slip", "model")) {
            HttpResponse<String> failed = gateway.chat(rule, text);

            assertThat(failed.statusCode()).as(rule + failed.body()).isEqualTo(500);
            assertThat(failed.body()).contains("rule_error", text.matches(".*[?#%].*") ? "? # %" : "'" + text + "'");
        }
    }

    @Test
    void shouldStillSendToTheInstanceThatIsNamed() {
        for (String rule : List.of("instance", "list", "slip", "router")) {
            int before = gateway.west.requests().size();
            assertThat(gateway.chat(rule, "west").statusCode()).as(rule).isEqualTo(200);
            assertThat(gateway.west.requests()).hasSize(before + 1);
        }
        assertThat(gateway.chat("instance", "*").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("tag", "eu").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeNoFurtherRecipientFromAText() {
        assertThat(gateway.chat("list", "west,reject:418").body()).contains("'west,reject:418'");
        assertThat(gateway.chat("slip", "west,reject:418").body()).contains("'west,reject:418'");
    }

    @Test
    void shouldEndARequestWhoseRouterFails() {
        HttpResponse<String> failed = gateway.chat("router", "{{secret.word}}");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("rule_error");
    }

    @Test
    void shouldSendTheTextItselfToAnInstance() {
        gateway.chat("header", "${env.PATH} {{secret.word}}");
        assertThat(gateway.last().header("x-up")).isEqualTo("${env.PATH} {{secret.word}}");
        gateway.chat("set", "${env.PATH}&model=x");
        assertThat(gateway.last().text()).contains("\"user\":\"${env.PATH}&model=x\"", "\"model\":\"gpt-4o\"");
        gateway.chat("system", "{{secret.word}}");
        assertThat(gateway.last().text()).contains("\"content\":\"{{secret.word}}\"");
    }

    @Test
    void shouldTakeATextForAnOptionWhateverSeparatesTheEndpoints() {
        for (String rule : List.of("list-delimiter", "slip-delimiter", "list-single")) {
            assertThat(gateway.chat(rule, "${env.PATH} {{secret.word}};a").statusCode()).as(rule).isEqualTo(200);
            assertThat(gateway.last().text()).as(rule).contains("${env.PATH} {{secret.word}};a\"");
        }
        assertThat(gateway.chat("list-word", "west").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeNoFurtherRecipientFromATextWithTheDelimiterOfTheStep() {
        assertThat(gateway.chat("list-word", "west AND reject:418").body()).contains("rule_error").doesNotContain("418");
        assertThat(gateway.chat("list-dash", "west--reject:418").body()).contains("rule_error", "the step's delimiter");
        HttpResponse<String> split = gateway.chat("list-dash", "west-", "-reject:418");
        assertThat(split.body()).contains("rule_error", "the step's delimiter");
    }
}
