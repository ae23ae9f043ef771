package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Camel evaluates an expression in a raw value when it makes the endpoint. A text of a client is none, wherever a rule puts it. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluatedRawValueTest {

    private static final String SECRET = "s3cr3t-w0rd";
    private static final String HIT = "trap-was-hit";
    private static final List<String> FUNCTIONS = List.of("properties:secret.word", "bean:trap?method=hit");
    private static final List<String> FORMS = List.of("$simple{F}", "${F}", "$simple{'${F}'}", "${'$simple{F}'}", "#{F}", "{{F}}", "#{{F}}", "{{?F}}", "RAW($simple{F})", "RAW{$simple{F}}", "RAW($simple{F",
            "%24simple%7BF%7D", "%2524simple%257BF%257D", "$simple%7BF}", "$%73imple{F}", "$simple%257BF}", "%52AW($simple{F})", "$simple{F", "simple{F}", "{F}", "imple{F}", "language:simple:$simple{F}",
            "\\$simple{F}", "$$simple{F}", "$simple{F}&x=$simple{F}");
    private static final List<String> AFFIXES = List.of("T", "+T", "T ", "T&y%");
    /** Steps of rules; {@code @} stands for the text of the client. */
    private static final List<String> STEPS = List.of(
            "toD: { uri: \"QUOTA/q?httpMethod=GET&team=@\" }", "toD: { uri: \"QUOTA/q?httpMethod=GET&team=@&z=1\", allowOptimisedComponents: false }",
            "toD: { uri: \"QUOTA/q\", parameters: { httpMethod: GET, team: \"@\" } }",
            "enrich: { simple: \"QUOTA/q?httpMethod=GET&team=@&z=1\", variableReceive: q }", "enrich: { simple: \"QUOTA/q?httpMethod=GET&team=@\", allowOptimisedComponents: false, variableReceive: q }",
            "wireTap: { uri: \"QUOTA/q?httpMethod=GET&team=@\" }", "recipientList: { simple: \"QUOTA/q?httpMethod=GET&team=@\" }",
            "recipientList: { delimiter: ' AND ', simple: \"QUOTA/q?httpMethod=GET&team=@ AND direct:audit\" }", "routingSlip: { simple: \"QUOTA/q?httpMethod=GET&team=@\" }",
            "dynamicRouter: { groovy: \"exchange.getProperty('CamelSlipEndpoint') == null ? 'QUOTA/q?httpMethod=GET&team=RAW(' + headers['x-team'] + ')' : null\" }",
            "toD: \"QUOTA/q?httpMethod=GET&team=RAW(@)\"", "toD: \"QUOTA/q?httpMethod=GET&team=RAW(@@)\"", "toD: \"QUOTA/q?httpMethod=GET&team=%52AW(@)\"",
            "toD: { uri: \"QUOTA/q?httpMethod=GET&team=%52AW(@)\", allowOptimisedComponents: false }", "toD: { uri: \"QUOTA/q?httpMethod=GET&team=RAW(@)\", allowOptimisedComponents: false }",
            "toD: \"QUOTA/q?httpMethod=GET&team=$@\"", "toD: \"QUOTA/q?httpMethod=GET&team=$s@\"", "toD: \"QUOTA/q?httpMethod=GET&team=%24simple@\"",
            "toD: { uri: \"QUOTA/q?httpMethod=GET&team=%24simple@&z=1\", allowOptimisedComponents: false }", "toD: \"QUOTA/q?httpMethod=GET&team=RAW($@})\"", "toD: \"QUOTA/q?httpMethod=GET&team=@@\"",
            "toD: \"QUOTA/q?httpMethod=GET&userAgent=@\"", "toD: { uri: \"QUOTA/q?httpMethod=GET&userAgent=@\", allowOptimisedComponents: false }",
            "toD: \"QUOTA/q/@?httpMethod=GET\"", "toD: { uri: \"QUOTA/q/@?httpMethod=GET\", allowOptimisedComponents: false }",
            "toD: \"instance:east?model=@\"", "toD: \"instance:east?model=RAW(@)\"", "toD: \"instance:east?model=%52AW(@)\"", "toD: \"instance:east?model=RAW($@)\"", "toD: \"instance:*?tag=@\"",
            "recipientList: { simple: \"instance:east?model=@\" }", "toD: \"request:set?user=@\"", "toD: \"request:header?name=x-up&value=RAW(@)\"", "toD: \"reject:429?message=@\"",
            "toD: \"bean:trap?method=echo(@)\"", "toD: \"bean:trap?method=RAW(echo(@))\"", "toD: \"micrometer:counter:n?tags=a=@\"", "toD: \"log:a?level=@\"", "toD: \"log:a?level=RAW(@)\"",
            "toD: \"direct:audit?timeout=@\"", "toD: \"direct:audit?timeout=RAW(@)\"", "toD: \"seda:a?waitForTaskToComplete=@\"", "toD: \"@\"",
            "poll: { uri: \"file:target/none?fileName=@\", timeout: 0, variableReceive: q }", "poll: { uri: \"file:target/none?fileName=RAW(@)\", timeout: 0, variableReceive: q }",
            "pollEnrich: { simple: \"file:target/none?fileName=@\", timeout: 0, variableReceive: q }");

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    private final Map<String, String> rules = new TreeMap<>();
    private TestGateway gateway;

    /** A bean that no client may call. */
    public static final class Trap {

        public String hit() {
            return HIT;
        }

        public String echo(String text) {
            return text;
        }

        @Override
        public String toString() {
            return HIT;
        }
    }

    @BeforeAll
    void startGateway() {
        for (int i = 0; i < STEPS.size(); i++) {
            String step = STEPS.get(i).replace("QUOTA", quota.uri());
            rules.put("header-%02d".formatted(i), step.replace("@", "${header.x-team}"));
            rules.put("member-%02d".formatted(i), step.replace("@", "${exchangeProperty.user}").replace("headers['x-team']", "exchange.getProperty('user')"));
        }
        StringBuilder all = new StringBuilder();
        rules.forEach((name, step) -> all.append(RulesByHeader.rule(name, "- " + step + (step.contains("instance:") || step.contains("reject:") ? "\n" : "\n- to: instance:east\n"))));
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(RulesByHeader.file(all.toString(), "- to: instance:east\n") + ClientTextRules.AUDIT).path())
                .bean("trap", new Trap()).property("secret.word", SECRET).settings("""
                        admin: { watch_files: false }
                        routing: { retries: 0 }
                        instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                        """.formatted(east.uri())).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        quota.close();
        east.close();
    }

    Stream<String> ruleNames() {
        return rules.keySet().stream();
    }

    private static List<String> hostile() {
        List<String> texts = new ArrayList<>();
        for (String function : FUNCTIONS) {
            FORMS.stream().map(form -> form.replace("F", function)).flatMap(form -> AFFIXES.stream().map(affix -> affix.replace("T", form))).forEach(texts::add);
        }
        List.of("bean:trap", "env:PATH", "camelContext.stop").forEach(function -> texts.add("+$simple{" + function + "}"));
        return texts;
    }

    private HttpResponse<String> ask(String rule, String text) {
        return rule.startsWith("header") ? gateway.chat("gpt-4o", "x-rule", rule, "x-team", text)
                : gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"user\":\"" + text.replace("\\", "\\\\")
                + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}", "x-rule", rule);
    }

    @ParameterizedTest
    @MethodSource("ruleNames")
    void shouldEvaluateNoForm(String rule) {
        int asked = quota.requests().size();
        int sent = east.requests().size();
        for (String text : hostile()) {
            HttpResponse<String> response = ask(rule, text);
            assertThat(response.statusCode()).as(text + ": " + response.body()).isIn(200, 400, 403, 404, 429, 500, 502);
            assertThat(response.body()).as(text).isNotEmpty().doesNotContain(SECRET, HIT, System.getenv("PATH"));
        }
        assertThat(Stream.concat(quota.requests().stream().skip(asked), east.requests().stream().skip(sent)).map(EvaluatedRawValueTest::everything))
                .noneMatch(all -> all.contains(SECRET) || all.contains(HIT) || all.contains(System.getenv("PATH").replace("/", "%2F").split(":")[0] + "%3A"));
    }

    private static String everything(RecordedRequest request) {
        return request.target() + request.text() + request.header("user-agent");
    }
}
