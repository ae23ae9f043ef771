package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.RulesByHeader;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts of requests that Camel would evaluate: in raw values, and in URIs whose expression is the value of a property. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExpressionInTextTest {

    private static final String SECRET = "s3cr3t-w0rd";

    private final AtomicInteger hits = new AtomicInteger();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    private final String get = quota.uri() + "/q?httpMethod=GET&";
    private final Map<String, String> rules = rules();
    private final TestGateway gateway = TestGateway.builder()
            .folder(GatewayFolder.copy().rules(RulesByHeader.file(String.join("", rules.entrySet().stream().map(each ->
                    RulesByHeader.rule(each.getKey(), each.getValue() + "\n- to: instance:east\n")).toList()), "- to: instance:east\n")).path())
            .bean("trap", new ClientTextGateway.Trap(hits)).property("secret.word", SECRET)
            .property("quota.url", get + "team=${header.x-team}").property("team.text", "${header.x-team}")
            .settings("instances: [ { name: east, provider_type: generic, api_key: k, api_base: \"%s\" } ]".formatted(east.uri())).start();

    private Map<String, String> rules() {
        Map<String, String> all = new TreeMap<>();
        all.put("raw", "- toD: { uri: \"%steam=${header.x-team}\", variableReceive: q }".formatted(get));
        all.put("raw-plain", "- toD: { uri: \"%steam=${header.x-team}\", allowOptimisedComponents: false, variableReceive: q }".formatted(get));
        all.put("raw-enrich", "- enrich: { simple: \"%steam=${header.x-team}\", variableReceive: q }".formatted(get));
        all.put("raw-tap", "- wireTap: { uri: \"%steam=${header.x-team}\" }".formatted(get));
        all.put("raw-list", "- recipientList: { simple: \"%steam=${header.x-team}\" }".formatted(get));
        all.put("raw-of-rule", "- toD: { uri: \"%steam=RAW(${header.x-team}})\", variableReceive: q }".formatted(get));
        all.put("raw-split", "- toD: { uri: \"%steam=$${header.x-team}\", variableReceive: q }".formatted(get));
        all.put("raw-parameters", "- toD: { uri: \"%s/q\", variableReceive: q, parameters: { httpMethod: GET, team: \"${header.x-team}\" } }".formatted(quota.uri()));
        all.put("property", "- toD: { uri: \"{{quota.url}}\", variableReceive: q }");
        all.put("property-tap", "- wireTap: { uri: \"{{quota.url}}\" }");
        all.put("property-enrich", "- enrich: { simple: \"{{quota.url}}\", variableReceive: q }");
        all.put("property-list", "- recipientList: { simple: \"{{quota.url}}\" }");
        all.put("property-parameters", "- toD: { uri: \"%s/q\", variableReceive: q, parameters: { httpMethod: GET, team: \"{{team.text}}\" } }".formatted(quota.uri()));
        return all;
    }

    @AfterAll
    void stop() {
        gateway.close();
        List.of(east, quota).forEach(ScriptedUpstream::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+$simple{properties:secret.word}", "%$simple{bean:trap?method=hit}", "a&$simple{bean:trap?method=hit}", "&$simple{properties:secret.word",
        "simple{properties:secret.word}+", "+%24simple%7Bproperties:secret.word%7D", "+$simple%7Bbean:trap?method=hit%7D", "{{secret.word}}", "+{{secret.word}}",
        "a&httpClientConfigurer=#bean:trap", "a&httpContext=#class:java.lang.Thread", "+${bean:trap?method=hit}", "RAW($simple{bean:trap?method=hit})"})
    void shouldNotBeEvaluated(String text) {
        rules.keySet().forEach(rule -> {
            String response = gateway.chat("gpt-4o", "x-rule", rule, "x-team", text).body();

            assertThat(response).as(rule).doesNotContain(SECRET, "hit 1");
            assertThat(quota.requests()).as(rule).noneMatch(request -> request.target().contains(SECRET) || request.target().contains("hit%201"));
        });
        assertThat(hits.get()).as("calls of a bean by a client's text").isZero();
        assertThat(gateway.chat("gpt-4o", "x-rule", "raw", "x-team", "red").statusCode()).as("the gateway runs").isEqualTo(200);
        assertThat(quota.requests()).noneMatch(request -> request.target().contains("&httpC"));
    }
}
