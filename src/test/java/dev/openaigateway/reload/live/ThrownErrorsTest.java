package dev.openaigateway.reload.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules whose check or whose code throws an error, or that would change more than themselves. The gateway goes on, and nothing of them stays. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThrownErrorsTest {

    private static final String ROUTE = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(to("east"));
    private final FragileProvider provider = new FragileProvider();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().folder(folder.path()).bean("fragile", provider).settings("""
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%1$s" }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%1$s" }
                """.formatted(upstream.uri())).start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    private static String to(String instance) {
        return ROUTE + "        - to: instance:" + instance + "\n";
    }

    private static String bean(String script) {
        return "- beans:\n    - name: broken\n      type: java.lang.Object\n      scriptLanguage: groovy\n      script: \"" + script + "\"\n" + to("west");
    }

    /** Throws only when its route starts. */
    private static String starting() {
        return "- beans:\n    - name: broken\n      type: " + FailingStart.class.getName() + "\n" + ROUTE + "        - process: { ref: broken }\n";
    }

    private static String condition(String jq) {
        return ROUTE + "        - filter:\n            expression: { jq: { expression: '" + jq + "' } }\n            steps:\n              - to: instance:west\n"
                + "        - to: instance:west\n";
    }

    static Stream<String> broken() {
        return Stream.of(condition("def f: f; f"), condition("(".repeat(5_000) + "1" + ")".repeat(5_000)), bean("assert 1 == 2"),
                bean("throw new NoClassDefFoundError('com/example/Missing')"),
                bean("throw new ServiceConfigurationError('a broken jar')"), bean("throw new Error('of a library')"), starting(), bean("def f() { f() }; f()"), to("west") + "- beans: " + "[".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldRefuseTheRulesAndGoOn(String rules) throws Exception {
        for (int time = 0; time < 2; time++) {
            HttpResponse<String> checked = gateway.post("/config/validate", new ObjectMapper().writeValueAsString(
                    Map.of("files", Map.of("routing.camel.yaml", rules))));
            assertThat(checked.statusCode()).as(checked.body()).isEqualTo(400);
            assertThat(checked.body()).contains("routing.camel.yaml");
        }
        folder.rules(rules);
        HttpResponse<String> refused = gateway.post("/config/reload", "");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("routing.camel.yaml").doesNotContain("internal_error");
        assertThat(responded()).isEqualTo("east");

        folder.rules(to("west"));
        Eventually.holds("the watch has loaded the next rules", () -> responded().equals("west"));
        folder.rules(to("east"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldReportAReloadThatAProviderFailsAndGoOn() {
        provider.broken = true;
        folder.rules(to("west"));
        HttpResponse<String> refused = gateway.post("/config/reload", "");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(500);
        assertThat(gateway.get("/admin/alerts?kind=reload_failed").body()).contains("a service without its file");

        provider.broken = false;
        folder.rules(to("west") + "# again");
        Eventually.holds("the watch has loaded the next rules", () -> responded().equals("west"));
        apply(to("east"));
    }

    @Test
    void shouldEndAnErrorHandlerWithItsFile() throws Exception {
        String failing = ROUTE + "        - throwException: { message: out of order, exceptionType: java.lang.IllegalStateException }\n";
        String handled = "- errorHandler: { deadLetterChannel: { deadLetterUri: 'log:dead-letters' } }\n" + failing;
        try (CapturedLog log = new CapturedLog()) {
            apply(handled);
            chat();
            assertThat(log.linesWith("dead-letters")).isNotEmpty();
        }
        assertThat(gateway.post("/config/validate", new ObjectMapper().writeValueAsString(
                Map.of("files", Map.of("routing.camel.yaml", handled)))).statusCode()).isEqualTo(200);
        try (CapturedLog log = new CapturedLog()) {
            apply(failing);
            assertThat(chat().statusCode()).isEqualTo(500);
            assertThat(log.linesWith("dead-letters")).isEmpty();
        }
        apply(to("east"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[range(1e9)]|length > 3", "(\"x\" * 1000000000)|length > 3", "last(repeat(1)) == 1", "[.[]|until(false; .)]|length > 0"})
    void shouldNotEvaluateWhatTakesAnyTimeOrMemory(String jq) throws Exception {
        assertThat(gateway.post("/config/validate", new ObjectMapper().writeValueAsString(
                Map.of("files", Map.of("routing.camel.yaml", condition(jq))))).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotBringBackAnEarlierBeanOfTheName() {
        String policy = "- beans:\n    - name: own\n      type: dev.openaigateway.routing.Policy\n      scriptLanguage: groovy\n"
                + "      script: \"{ c, m -> c.%s } as dev.openaigateway.routing.Policy\"\n";
        String using = ROUTE + "        - loadBalance:\n            customLoadBalancer: { ref: own }\n            steps:\n              - to: instance:*\n";
        apply(policy.formatted("reverse()") + using);
        apply(policy.formatted("take(1)") + using);
        apply(to("east"));

        folder.rules(using);
        HttpResponse<String> refused = gateway.post("/config/reload", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("own");
        apply(to("east"));
    }

    @Test
    void shouldRefuseTheIdOfATemplateOfTheGateway() {
        folder.rules(to("west") + "- routeTemplate: { id: instance, from: { uri: direct:x, steps: [{ log: a }] } }\n");

        HttpResponse<String> refused = gateway.post("/config/reload", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("routing.camel.yaml", "routeTemplate", "given twice", "the other is in", "routes/");
        apply(to("east"));
    }

    @Test
    void shouldReplaceATemplateOfTheRules() {
        String template = "- routeTemplate: { id: mine, from: { uri: direct:mine, steps: [{ to: instance:%s }] } }\n- templatedRoute: { routeTemplateRef: mine }\n"
                + ROUTE + "        - to: direct:mine\n";
        for (String instance : new String[] {"west", "east", "west"}) {
            apply(template.formatted(instance));
            assertThat(responded()).isEqualTo(instance);
        }
        apply(to("east"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri: 'direct:team-{{team}}'", "uri: direct, parameters: { name: 'team-{{team}}' }"})
    void shouldMakeSeveralRoutesFromATemplate(String from) throws Exception {
        String rules = ("- routeTemplate: { id: team-rule, parameters: [ { name: team } ], from: { %s, steps: [ { to: instance:west } ] } }\n"
                + "- templatedRoute: { routeTemplateRef: team-rule, parameters: [ { name: team, value: retail } ] }\n"
                + "- templatedRoute: { routeTemplateRef: team-rule, parameters: [ { name: team, value: risk } ] }\n").formatted(from)
                + ROUTE + "        - filter: { simple: '${header.x-team}', steps: [ { to: direct:team-risk } ] }\n        - to: direct:team-retail\n";
        HttpResponse<String> checked = gateway.post("/config/validate", new ObjectMapper().writeValueAsString(
                Map.of("files", Map.of("routing.camel.yaml", rules))));
        assertThat(checked.statusCode()).as(checked.body()).isEqualTo(200);
        apply(rules);
        assertThat(responded()).isEqualTo("west");
        apply(to("east"));
    }

    @Test
    void shouldRefuseARuleThatDoesNotStart() {
        folder.rules(to("west").replace("    id: routing\n", "    id: routing\n    autoStartup: false\n"));

        HttpResponse<String> refused = gateway.post("/config/reload", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("routing.camel.yaml:", "autoStartup", "not possible in rules");
        apply(to("east"));
    }

    private void apply(String rules) {
        folder.rules(rules);
        HttpResponse<String> applied = gateway.post("/config/reload", "");
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    }

    private HttpResponse<String> chat() {
        upstream.respond(Reply.json(200, "{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + "\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}"));
        return gateway.post("/v1/chat/completions", TestGateway.chatBody("gpt-4o"));
    }

    private String responded() {
        return chat().headers().firstValue("x-gateway-instance").orElse("none");
    }
}
