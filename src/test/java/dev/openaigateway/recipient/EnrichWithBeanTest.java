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
import org.junit.jupiter.params.provider.ValueSource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A service that a rule asks with a bean of its file gets the whole request that the rule says. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrichWithBeanTest {

    private static final String BEANS = """
            - beans:
                - name: agent
                  type: org.apache.camel.component.http.HttpClientConfigurer
                  scriptLanguage: groovy
                  script: "{ b -> b.setUserAgent('rules') } as org.apache.camel.component.http.HttpClientConfigurer"
            """;
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("simple", "- enrich: { simple: \"QUOTA/check?team=${header.x-team}&z=1&OPTIONS&httpClientConfigurer=#bean:agent\", variableReceive: quota }\n");
        STEPS.put("constant", "- enrich: { constant: \"QUOTA/check?team=red&z=1&OPTIONS&httpClientConfigurer=#bean:agent\", variableReceive: quota }\n");
        STEPS.put("computed", "- setVariable: { name: which, constant: agent }\n"
                + "- enrich: { simple: \"QUOTA/check?team=${header.x-team}&z=1&OPTIONS&httpClientConfigurer=#bean:${variable.which}\", variableReceive: quota }\n");
        STEPS.put("none", "- enrich: { simple: \"QUOTA/check?team=${header.x-team}&z=1&OPTIONS\", variableReceive: quota }\n");
        STEPS.put("none toD", "- toD: { uri: \"QUOTA/check?team=${header.x-team}&z=1&OPTIONS\", variableReceive: quota }\n");
        STEPS.put("none path", "- toD: { uri: \"QUOTA/check/${header.x-team}?team=red&z=1&OPTIONS\", variableReceive: quota }\n");
        STEPS.put("toD", "- toD: { uri: \"QUOTA/check?team=${header.x-team}&z=1&OPTIONS&httpClientConfigurer=#bean:agent\", variableReceive: quota }\n");
        STEPS.put("computed toD", "- setVariable: { name: which, constant: agent }\n"
                + "- toD: { uri: \"QUOTA/check?team=${header.x-team}&z=1&OPTIONS&httpClientConfigurer=#bean:${variable.which}\", variableReceive: quota }\n");
    }

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    private TestGateway gateway;

    @BeforeAll
    void startGateway() {
        StringBuilder rules = new StringBuilder();
        STEPS.forEach((name, steps) -> rules.append(RulesByHeader.rule(name, steps + "- to: instance:east\n")));
        gateway = TestGateway.builder().folder(GatewayFolder.copy().rules((BEANS + RulesByHeader.file(rules.toString(), "- to: instance:east\n"))
                .replace("QUOTA", quota.uri()).replace("OPTIONS", "httpMethod=GET&skipRequestHeaders=true")).path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        quota.close();
        upstream.close();
    }

    /** A step whose endpoint belongs to no version of the rules is optimised by Camel. */
    @ParameterizedTest
    @ValueSource(strings = {"acme#agent", "#bean:agent", "ref:agent", "bean:agent", "%23agent", "x/ref:agent", "bean:agent?a=b"})
    void shouldNotTakeATextForABean(String text) {
        for (String rule : List.of("none", "none toD", "none path")) {
            int before = quota.requests().size();

            int status = gateway.chat("gpt-4o", "x-rule", rule, "x-team", text).statusCode();

            if (status == 200) {
                RecordedRequest asked = quota.requests().get(before);
                assertThat(asked.method()).as(rule).isEqualTo("GET");
                assertThat(asked.target()).as(rule).contains("z=1", "team=");
                assertThat(asked.text()).as(rule).isEmpty();
            } else {
                assertThat(rule).as("a path with a text that ends it is refused").isEqualTo("none path");
                assertThat(quota.requests()).hasSize(before);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "constant", "computed", "toD", "computed toD"})
    void shouldSendTheRequestOfTheRule(String rule) {
        assertThat(gateway.chat("gpt-4o", "x-rule", rule, "x-team", "red").statusCode()).isEqualTo(200);

        RecordedRequest asked = quota.requests().get(quota.requests().size() - 1);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.target()).contains("/check?", "team=red", "z=1");
        assertThat(asked.header("user-agent")).isEqualTo("rules");
        assertThat(asked.text()).isEmpty();
    }
}
