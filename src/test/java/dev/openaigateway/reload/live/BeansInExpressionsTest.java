package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Expressions that call a bean of the files: each version calls its own, and none that only the version before has bound. */
@GatewayTest
class BeansInExpressionsTest {

    private static final String BEAN = """
            - beans:
                - name: limit
                  type: java.util.concurrent.atomic.AtomicInteger
                  constructors: { "0": %d }
            """;
    private static final String SEND = """
            - to: { uri: "request:header", parameters: { name: x-limit, value: "${variable.limit}" } }
            - to: { uri: "instance:east" }
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(OneRoute.to("instance:east"));
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        upstream.close();
    }

    private void reload(String rules) {
        folder.rules(rules);
        assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
    }

    private String limit() {
        assertThat(gateway.chat("gpt-4o").body()).doesNotContain("rule_error");
        return upstream.requests().get(upstream.requests().size() - 1).header("x-limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- setVariable: { name: limit, simple: \"${bean:limit?method=get}\" }\n",
            "- setVariable: { name: limit, simple: \"${bean:limit.get}\" }\n",
            "- choice: { when: [ { simple: \"${bean:limit.get} == 1\", steps: [ { setVariable: { name: limit, constant: 1 } } ] } ],"
                    + " otherwise: { steps: [ { setVariable: { name: limit, constant: 2 } } ] } }\n",
            "- setVariable: { name: limit, method: { ref: limit, method: get } }\n",
            "- setVariable: { name: limit, simple: \"${ref:limit}\" }\n"
    })
    void shouldCallTheBeanOfTheActiveVersion(String step) {
        for (int limit : new int[] {1, 2}) {
            reload(BEAN.formatted(limit) + OneRoute.of(step + SEND));
            assertThat(limit()).isEqualTo(String.valueOf(limit));
        }

        assertThat(gateway.post("/config/validate", BEAN.formatted(1) + OneRoute.of(step + SEND)).statusCode()).isEqualTo(200);
        assertThat(limit()).isEqualTo("2");
    }

    @Test
    void shouldKnowTheClassOfTheBeanThatReplacesAnother() {
        reload(BEAN.formatted(1) + OneRoute.of("- setVariable: { name: limit, simple: \"${bean:limit?method=get}\" }\n" + SEND));

        reload(BEAN.formatted(3).replace("atomic.AtomicInteger", "Semaphore")
                + OneRoute.of("- setVariable: { name: limit, simple: \"${bean:limit?method=availablePermits}\" }\n" + SEND));

        assertThat(limit()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- setVariable: { name: limit, simple: \"${bean:limit?method=get}\" }\n",
            "- filter: { simple: \"${bean:limit.get} == 1\", steps: [ { stop: { } } ] }\n",
            "- log: { message: \"${bean:limit.get}\" }\n",
            "- setVariable: { name: limit, simple: \"${ref:limit}\" }\n",
            "- setVariable: { name: limit, method: { ref: limit, method: get } }\n",
            "- bean: { ref: limit, method: get }\n",
            "- to: { uri: \"bean:limit?method=get\" }\n",
            "- to: { uri: \"log:a?exchangeFormatter=#limit\" }\n",
            "- toD: { uri: \"bean:limit?method=get\" }\n",
            "- enrich: { constant: \"bean:limit?method=get\" }\n"
    })
    void shouldRefuseABeanThatOnlyTheVersionBeforeHas(String step) {
        reload(BEAN.formatted(1) + OneRoute.of("- setVariable: { name: limit, simple: \"${bean:limit?method=get}\" }\n" + SEND));

        folder.rules(OneRoute.of(step + "- to: { uri: \"instance:east\" }\n"));

        assertThat(gateway.post("/config/reload", "").body()).contains("routing.camel.yaml:7", "limit");
        assertThat(limit()).isEqualTo("1");
    }
}
