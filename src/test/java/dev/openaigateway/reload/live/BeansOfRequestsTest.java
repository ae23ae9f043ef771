package dev.openaigateway.reload.live;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A request that waits while the rules are replaced calls the beans and routes of its version in steps that it reaches later. */
@GatewayTest
class BeansOfRequestsTest {

    private static final String BEANS = """
            - beans:
                - name: NAMED
                  type: java.util.function.Function
                  scriptLanguage: groovy
                  script: "({ b -> 'VERSION' } as java.util.function.Function)"
                - name: agentNAMED
                  type: org.apache.camel.component.http.HttpClientConfigurer
                  scriptLanguage: groovy
                  script: "{ b -> b.setUserAgent('VERSION') } as org.apache.camel.component.http.HttpClientConfigurer"
            - route:
                id: NAMED
                from:
                  uri: direct:NAMED
                  steps:
                    - setBody: { constant: VERSION }
            """;
    private static final String SEND = """
            - to: { uri: "request:header", parameters: { name: x-found, value: "${variable.found}" } }
            - to: { uri: "instance:east" }
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream quota = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
    private final GatewayFolder folder = GatewayFolder.copy();
    private final Gate gate = new Gate();
    private final AtomicInteger waiting = new AtomicInteger();
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        folder.rules(OneRoute.to("instance:east"));
        gateway = TestGateway.builder().folder(folder.path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).bean("slow", (Processor) exchange -> {
            waiting.incrementAndGet();
            gate.pass();
        }).start();
    }

    @AfterEach
    void stopGateway() {
        gate.open();
        gateway.close();
        quota.close();
        upstream.close();
    }

    private void reload(String step, String version, String name) {
        folder.rules((BEANS + OneRoute.of("- process: { ref: slow }\n" + step + "\n" + SEND)).replace("QUOTA", quota.uri())
                .replace("VERSION", version).replace("NAMED", name));
        assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
    }

    /** Lets a request wait while the rules are replaced. */
    private void waitForReload(String step, String name) {
        reload(step, "first", "helper");
        CompletableFuture<HttpResponse<String>> request = CompletableFuture.supplyAsync(() -> gateway.chat("gpt-4o", "x-name", "helper", "x-id", "1"));
        Eventually.holds("the request waits", () -> waiting.get() == 1);
        reload(step, "second", name);
        gate.release();
        assertThat(request.join().body()).doesNotContain("rule_error", "internal_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- toD: { uri: \"bean:NAMED?method=apply(${header.x-id})\", variableReceive: found }",
            "- toD: { uri: \"bean:NAMED?method=apply('1')\", variableReceive: found }",
            "- enrich: { simple: \"bean:NAMED?method=apply(${header.x-id})\", variableReceive: found }",
            "- to: { uri: \"bean:NAMED?method=apply('1')\", variableReceive: found }",
            "- setVariable: { name: found, simple: \"${bean:NAMED?method=apply('1')}\" }",
            "- setVariable: { name: found, method: { ref: NAMED, method: \"apply('1')\" } }"
    })
    void shouldCallTheBeanOfItsVersion(String step) {
        for (String name : new String[] {"helper", "renamed"}) {
            waiting.set(0);
            waitForReload(step, name);
            assertThat(upstream.requests().get(upstream.requests().size() - 1).header("x-found")).isEqualTo("first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"helper", "renamed"})
    void shouldMakeAnEndpointWithTheBeanOfItsVersion(String name) {
        waitForReload("- toD: { uri: \"QUOTA/${header.x-id}?httpClientConfigurer=#bean:agentNAMED&httpMethod=GET&skipRequestHeaders=true\", variableReceive: found }", name);

        assertThat(quota.requests().get(0).header("user-agent")).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- enrich: { constant: \"direct:NAMED\", variableReceive: found }",
            "- enrich: { simple: \"direct:${header.x-name}\", variableReceive: found }",
            "- enrich: { groovy: \"'direct:' + headers['x-name'] + '?timeout=1000'\", variableReceive: found }",
            "- toD: { uri: \"direct:${header.x-name}\", variableReceive: found }"
    })
    void shouldCallTheRouteOfItsVersion(String step) {
        for (String name : new String[] {"helper", "renamed"}) {
            waiting.set(0);
            waitForReload(step, name);
            assertThat(upstream.requests().get(upstream.requests().size() - 1).header("x-found")).isEqualTo("first");
        }
    }
}
