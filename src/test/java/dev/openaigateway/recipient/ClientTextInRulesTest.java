package dev.openaigateway.recipient;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever step of a rule uses a text of a client, it stays text: it is not evaluated, and it gives a step no options. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTextInRulesTest {

    private static final String SECRET = "s3cr3t-w0rd";
    private static final String KEY = "secret.word";
    private static final List<String> HOSTILE = List.of("{{secret.word}}", "{{?secret.word}}", "${properties:secret.word}", "$simple{properties:secret.word}",
            "${bean:trap?method=hit}", "a&code={{secret.word}}", "a&message=${bean:trap?method=hit}", "a?b={{secret.word}}", "#{secret.word}", "#bean:trap",
            "%7B%7Bsecret.word%7D%7D", "%24%7Bbean:trap?method=hit%7D", "RAW({{secret.word}})", "east,reject:418?message={{secret.word}}",
            "a','${bean:trap?method=hit}','", "west?model={{secret.word}}", "RAW(a)&code={{secret.word}}&type=RAW(b)");

    private static final String AUDIT = """
            - route: { id: audit, from: { uri: "direct:audit", steps: [ { setProperty: { name: audited, simple: "yes" } } ] } }
            """;

    private final AtomicInteger hits = new AtomicInteger();
    private final Map<String, String> rules = new TreeMap<>();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    private TestGateway gateway;

    /** A bean that no client may call. */
    public static final class Trap {

        private final AtomicInteger hits;

        Trap(AtomicInteger hits) {
            this.hits = hits;
        }

        public String hit() {
            return "hit " + hits.incrementAndGet();
        }
    }

    @BeforeAll
    void start() {
        String send = "\n- to: instance:east\n";
        rules.put("reject", "- toD: \"reject:429?message=Team ${header.x-team} is over its quota.\"\n");
        rules.put("reject-all", "- toD: \"reject:429?code=${header.x-team}&type=${header.x-team}&param=${header.x-team}\"\n");
        rules.put("reject-once", "- to: { uri: reject, parameters: { status: 429, message: \"Team ${header.x-team}.\" } }\n");
        rules.put("instance", "- toD: \"instance:${header.x-team}\"\n");
        rules.put("model", "- setProperty: { name: model, simple: \"${header.x-team}\" }\n- toD: \"instance:${exchangeProperty.model}\"\n");
        rules.put("tag", "- toD: \"instance:*?tag=${header.x-team}\"\n");
        rules.put("header", "- toD: \"request:header?name=x-up&value=${header.x-team}\"" + send);
        rules.put("set", "- toD: \"request:set?user=${header.x-team}\"" + send);
        rules.put("system", "- toD: \"request:system?text=${header.x-team}\"" + send);
        rules.put("path", "- toD: { uri: \"%s/q/${header.x-team}?httpMethod=GET\", variableReceive: q }".formatted(quota.uri()) + send);
        rules.put("query", "- toD: { uri: \"%s/q?team=${header.x-team}&httpMethod=GET\", variableReceive: q }".formatted(quota.uri()) + send);
        rules.put("option", "- toD: { uri: \"%s/q?httpMethod=GET&userAgent=${header.x-team}\", variableReceive: q }".formatted(quota.uri()) + send);
        rules.put("enrich", "- enrich: { simple: \"%s/q/${header.x-team}?httpMethod=GET\", variableReceive: q }".formatted(quota.uri()) + send);
        rules.put("list", "- recipientList: { simple: \"instance:${header.x-team}\" }\n");
        rules.put("slip", "- routingSlip: { simple: \"instance:${header.x-team}\" }\n");
        rules.put("list-delimiter", "- recipientList: { delimiter: ';', simple: \"direct:audit;request:set?user=${header.x-team}\" }" + send);
        rules.put("slip-delimiter", "- routingSlip: { uriDelimiter: ';', simple: \"direct:audit;request:set?user=${header.x-team}\" }" + send);
        rules.put("list-word", "- recipientList: { delimiter: ' AND ', simple: \"direct:audit AND instance:${header.x-team}\" }\n");
        rules.put("list-dash", "- recipientList: { delimiter: '--', simple: \"instance:${header.x-team}${header.x-more}\" }\n");
        rules.put("list-single", "- recipientList: { delimiter: 'false', simple: \"request:set?user=a,direct:b,${header.x-team}\" }" + send);
        rules.put("list-parentheses", "- recipientList: { simple: \"log:a?marker=(a,direct:h?block=${header.x-team})\" }" + send);
        rules.put("router", "- dynamicRouter: { groovy: \"exchange.getProperty('CamelSlipEndpoint') == null ? 'instance:' + headers['x-team'] : null\" }\n");
        rules.put("groovy", "- recipientList: { groovy: \"'reject:429?message=' + headers['x-team']\" }\n");
        rules.put("groovy-list", "- recipientList: { groovy: \"['reject:429?message=' + headers['x-team']]\" }\n");
        rules.put("whole", "- setProperty: { name: where, simple: \"reject:429?message=${header.x-team}\" }\n- toD: \"${exchangeProperty.where}\"\n");
        rules.put("tap", "- wireTap: { uri: \"%s/q/${header.x-team}\" }".formatted(quota.uri()) + send);
        rules.put("direct", "- toD: \"direct:h-${header.x-team}?block=false\"\n");
        rules.put("bean", "- toD: \"bean:trap?method=hit(${header.x-team})\"" + send);
        rules.put("log", "- log: \"Team ${header.x-team}\"\n- setHeader: { name: a, simple: \"${header.x-team}\" }\n- toD: \"log:a?marker=${header.x-team}\"" + send);
        StringBuilder all = new StringBuilder();
        rules.forEach((name, steps) -> all.append(RulesByHeader.rule(name, steps)));
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(RulesByHeader.file(all.toString(), "- to: instance:east\n") + AUDIT).path())
                .bean("trap", new Trap(hits)).property(KEY, SECRET).settings("""
                        admin: { watch_files: false, token: admin-token-0123456789 }
                        routing: { retries: 1 }
                        instances:
                          - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                          - { name: west, provider_type: generic, api_key: k, api_base: "%s", tags: [eu] }
                        """.formatted(east.uri(), west.uri())).start();
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        List.of(east, west, quota).forEach(ScriptedUpstream::close);
    }

    Stream<String> ruleNames() {
        return rules.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("ruleNames")
    void shouldNotEvaluateAText(String rule) {
        try (CapturedLog log = new CapturedLog()) {
            for (String text : HOSTILE) {
                HttpResponse<String> response = chat(rule, text);
                assertThat(response.statusCode()).as(text + ": " + response.body()).isIn(200, 404, 429, 500);
                assertThat(response.body()).as(text).doesNotContain(SECRET, "hit 1");
                HttpResponse<String> dry = gateway.get("/admin/route?model=gpt-4o&header.x-rule=" + rule + "&header.x-team="
                        + URLEncoder.encode(text, StandardCharsets.UTF_8), "Authorization", "Bearer admin-token-0123456789");
                assertThat(dry.body()).as(text).doesNotContain(SECRET, "hit 1");
            }
            assertThat(log.linesWith(SECRET)).isEmpty();
        }
        assertThat(hits.get()).as("calls of a bean by a client's text").isZero();
        assertThat(Stream.of(east, west, quota).flatMap(each -> each.requests().stream()).map(ClientTextInRulesTest::sent))
                .noneMatch(sent -> sent.contains(SECRET) || sent.contains("hit 1"));
    }

    private static String sent(RecordedRequest request) {
        return URLDecoder.decode(request.target(), StandardCharsets.UTF_8) + request.headers() + request.text();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"${env.PATH}", "{{secret.word}}", "a&code=zz", "a=b+c 100%", "RAW(x)", "#1"})
    void shouldQuoteATextAsItIsInARefusal(String text) {
        HttpResponse<String> refused = chat("reject", text);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"Team " + text + " is over its quota.\"").doesNotContain("\"zz\"");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"west?model=gpt-4o-mini", "west&model=gpt-4o-mini", "*?tag=eu", "west#a", "west?weight=1", "{{secret.word}}", "west%3Fmodel=a"})
    void shouldTakeATextForANameOfAnInstanceOnly(String text) {
        for (String rule : List.of("instance", "list", "slip", "model")) {
            HttpResponse<String> failed = chat(rule, text);

            assertThat(failed.statusCode()).as(rule + failed.body()).isEqualTo(500);
            assertThat(failed.body()).contains("rule_error", text.matches(".*[?#%].*") ? "? # %" : "'" + text + "'");
        }
    }

    @Test
    void shouldStillSendToTheInstanceThatIsNamed() {
        for (String rule : List.of("instance", "list", "slip", "router")) {
            int before = west.requests().size();
            assertThat(chat(rule, "west").statusCode()).as(rule).isEqualTo(200);
            assertThat(west.requests()).hasSize(before + 1);
        }
        assertThat(chat("instance", "*").statusCode()).isEqualTo(200);
        assertThat(chat("tag", "eu").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeNoFurtherRecipientFromAText() {
        assertThat(chat("list", "west,reject:418").body()).contains("'west,reject:418'");
        assertThat(chat("slip", "west,reject:418").body()).contains("'west,reject:418'");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"a b", "a&bridgeEndpoint=true&x=y", "{{secret.word}}", "${env.PATH}", "a,b", "a+b"})
    void shouldAskAServiceWithTheTextInThePath(String text) {
        for (String rule : List.of("path", "enrich")) {
            int before = quota.requests().size();
            assertThat(chat(rule, text).statusCode()).as(rule).isEqualTo(200);
            String target = quota.requests().get(before).target();
            assertThat(target).doesNotContain("?");
            assertThat(URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8)).isEqualTo("/q/" + text);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"a b", "${env.PATH}", "a=b", "a?b"})
    void shouldAskAServiceWithTheTextInTheQuery(String text) {
        int before = quota.requests().size();
        assertThat(chat("query", text).statusCode()).isEqualTo(200);
        assertThat(URLDecoder.decode(quota.requests().get(before).target(), StandardCharsets.UTF_8)).isEqualTo("/q?team=" + text);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"path,a?bridgeEndpoint=true", "path,a#b", "path,a%2Fb", "query,a&proxyHost=127.0.0.1", "query,a#b", "query,a%26b=c",
            "query,RAW(a)", "query,{{secret.word}}", "bean,${env.PATH}", "tag,#a"})
    void shouldRefuseWhatWouldBeMoreThanAText(String rule, String text) {
        int before = quota.requests().size();
        HttpResponse<String> refused = chat(rule, text);

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("rule_error", "A rule did not send the request on");
        assertThat(quota.requests()).hasSize(before);
    }

    @Test
    void shouldEndARequestWhoseRouterFails() {
        HttpResponse<String> failed = chat("router", "{{secret.word}}");

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).contains("rule_error");
    }

    @Test
    void shouldNotAskForAParentFolder() {
        assertThat(chat("path", "../admin").body()).contains("rule_error", "a parent folder");
    }

    @Test
    void shouldSendTheTextItselfToAnInstance() {
        chat("header", "${env.PATH} {{secret.word}}");
        assertThat(last().header("x-up")).isEqualTo("${env.PATH} {{secret.word}}");
        chat("set", "${env.PATH}&model=x");
        assertThat(last().text()).contains("\"user\":\"${env.PATH}&model=x\"", "\"model\":\"gpt-4o\"");
        chat("system", "{{secret.word}}");
        assertThat(last().text()).contains("\"content\":\"{{secret.word}}\"");
    }

    @Test
    void shouldTakeATextForAnOptionWhateverSeparatesTheEndpoints() {
        for (String rule : List.of("list-delimiter", "slip-delimiter", "list-single")) {
            assertThat(chat(rule, "${env.PATH} {{secret.word}};a").statusCode()).as(rule).isEqualTo(200);
            assertThat(last().text()).as(rule).contains("${env.PATH} {{secret.word}};a\"");
        }
        assertThat(chat("list-word", "west").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTakeNoFurtherRecipientFromATextWithTheDelimiterOfTheStep() {
        assertThat(chat("list-word", "west AND reject:418").body()).contains("rule_error").doesNotContain("418");
        assertThat(chat("list-dash", "west--reject:418").body()).contains("rule_error", "the step's delimiter");
        HttpResponse<String> split = gateway.chat("gpt-4o", "x-rule", "list-dash", "x-team", "west-", "x-more", "-reject:418");
        assertThat(split.body()).contains("rule_error", "the step's delimiter");
    }

    private RecordedRequest last() {
        return east.requests().get(east.requests().size() - 1);
    }

    private HttpResponse<String> chat(String rule, String text) {
        return gateway.chat("gpt-4o", "x-rule", rule, "x-team", text);
    }
}
