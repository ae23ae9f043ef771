package dev.openaigateway.recipient;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.TemporaryFolder;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
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
    private final Path secret = file("a", ClientTextGateway.SECRET);
    private final Path made = secret.resolveSibling("made-by-a-client");
    private final Path program = file("b", "${bean:type:java.lang.Runtime?method=getRuntime().exec(\"touch " + made + "\")}");
    private final List<String> resources = resources();

    private static Path file(String name, String text) {
        try {
            return Files.writeString(TemporaryFolder.make("client-text").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> resources() {
        String encoded = Base64.getEncoder().encodeToString(ClientTextGateway.PROGRAM.getBytes(StandardCharsets.UTF_8));
        String url = gateway.stranger.uri() + "/program";
        return List.of("resource:" + url, "resource:file:" + secret, "resource:file:" + program, "resource:base64:" + encoded, "resource:classpath:application.properties",
                "resource:bean:trap.hit", "resource:ref:trap", " resource:" + url, "resource: " + url, "rce:" + url, "resource%3Afile:" + secret, "resource%253Afile:" + secret,
                "%72esource:file:" + secret, "a, resource:file:" + secret, "a', resource:file:" + secret + ", 'b", "a=b,c=resource:" + url, "resource:file:" + secret + "?optional=true",
                "x.classxresource:file:" + secret, "x.class resource:file:" + secret, "java.lang.String.class", "a&scope=#class:java.io.File('" + made + "')", "1&x=#class:dev.openaigateway.None", "#class:java.io.File('" + made + "')", "#property:secret.word",
                "a)&scope=#property:secret.word", "bean:type:java.lang.Runtime?method=getRuntime", "bean?beanName=trap&method=hit&x=a:b",
                "language?languageName=simple&x=a:b&resourceUri=" + url, "bean:trap?method=echo(resource:file:" + secret + ")", "null", "file:" + secret, url);
    }

    private void assertNothingIsCalled() {
        assertThat(gateway.hits.get()).as("calls of a bean by a client's text").isZero();
        assertThat(gateway.stranger.requests()).as("requests for a program").isEmpty();
        assertThat(made).doesNotExist();
    }

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
            for (String text : Stream.concat(HOSTILE.stream(), resources.stream()).toList()) {
                HttpResponse<String> response = gateway.chat(rule, text);
                assertThat(response.statusCode()).as(text + ": " + response.body()).isIn(200, 403, 404, 429, 500);
                assertThat(response.body()).as(text).doesNotContain(ClientTextGateway.SECRET, "hit 1");
                HttpResponse<String> dry = gateway.gateway.get("/admin/route?model=gpt-4o&header.x-rule=" + rule + "&header.x-team="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8), "Authorization", "Bearer admin-token-0123456789");
                assertThat(dry.body()).as(text).doesNotContain(ClientTextGateway.SECRET, "hit 1");
            }
            assertThat(log.linesWith(ClientTextGateway.SECRET)).isEmpty();
        }
        assertNothingIsCalled();
        assertThat(Stream.of(gateway.east, gateway.west, gateway.quota).flatMap(each -> each.requests().stream()).map(ClientTextInRulesTest::sent))
                .noneMatch(sent -> sent.contains(ClientTextGateway.SECRET) || sent.contains("hit 1"));
    }

    @Test
    void shouldNotLoadWhatTwoTextsNameTogether() {
        for (String rule : List.of("echo-pair", "metric-pair", "pair")) {
            for (String text : resources) {
                for (int i = 1; i < Math.min(text.length(), 12); i++) {
                    HttpResponse<String> response = gateway.chat(rule, text.substring(0, i), text.substring(i));
                    assertThat(response.statusCode()).isIn(200, 403, 500);
                    assertThat(response.body()).as(text).doesNotContain(ClientTextGateway.SECRET, "hit 1");
                }
            }
        }
        assertNothingIsCalled();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ft:gpt-4o-2024-08-06:org::id", "anthropic/claude-3.5", "gpt-4o@2024", "qwen2.5:7b-instruct", "Team Red 7", "a.b_c@example.org",
            "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "https://example.org/a", "nullable", "classic", "resources"})
    void shouldPassATextOnToABeanAndAMetric(String text) {
        for (String rule : EvaluatingRules.ECHOES.keySet()) {
            assertThat(gateway.chat(rule, text, "").body()).as(rule).contains("\"Got " + text + ".\"");
        }
        for (String rule : EvaluatingRules.METRICS.keySet()) {
            HttpResponse<String> response = gateway.chat(rule, text, "");
            assertThat(response.statusCode()).as(rule + response.body()).isEqualTo(200);
        }
    }

    @Test
    void shouldKeepThePlusSign() {
        for (String rule : List.of("echo", "echo-quoted", "echo-second", "echo-parameters", "echo-enrich")) {
            assertThat(gateway.chat(rule, "a+b@example.org").body()).as(rule).contains("\"Got a+b@example.org.\"");
        }
    }

    @Test
    void shouldAddNoOptionByAnEncodedText() {
        int before = gateway.west.requests().size();
        assertThat(gateway.chat("tag", "eu&model=gpt-4o-mini").statusCode()).isEqualTo(404);
        assertThat(gateway.west.requests()).hasSize(before);
    }

    @Test
    void shouldMakeNoLoggerOrMarkerOfAText() {
        for (String rule : List.of("logger", "marker")) {
            HttpResponse<String> refused = gateway.chat(rule, "kept-for-ever");
            assertThat(refused.statusCode()).as(rule).isEqualTo(500);
            assertThat(refused.body()).as(rule).contains("rule_error", "the name of a logger or a marker from the request");
        }
        assertThat(LoggerContext.getContext(false).hasLogger("team-kept-for-ever")).isFalse();
        assertThat(MarkerManager.exists("kept-for-ever")).isFalse();
    }

    @Test
    void shouldMakeABoundedNumberOfLoggersOfWhatAnExpressionGives() {
        assertThat(gateway.chat("logger-groovy", "audit").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("logger-groovy", "x".repeat(7_000)).body()).contains("rule_error", "the name of one more logger");
        List<Integer> answers = IntStream.range(0, 1_001).mapToObj(i -> gateway.chat("logger-groovy", "audit-" + i).statusCode()).toList();
        assertThat(answers.get(0)).isEqualTo(200);
        assertThat(answers.get(1_000)).isEqualTo(500);
        assertThat(gateway.chat("logger-groovy", "audit").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldCountByTheText() {
        HttpResponse<String> response = gateway.chat("metric-tags", "R&D (south)");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(gateway.gateway.get("/metrics", "Authorization", "Bearer admin-token-0123456789").body()).contains("team=\"R&D (south)\"");
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
