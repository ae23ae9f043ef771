package dev.openaigateway.reload.failure;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule whose own error handler or policy takes a failure writes no prompt into the log, as other rules do not. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailureLogTest {

    private static final String PROMPT = "hidden prompt";
    private static final String ROUTE = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - setProperty: { name: n, jq: ".messages[0].content | tonumber" }
                    - to: instance:east
            """;

    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    @BeforeAll
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings("""
                admin: { watch_files: false }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:1" }
                """).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
    }

    private void chat(String rules) {
        folder.rules(rules);
        HttpResponse<String> reload = gateway.post("/config/reload", "");
        assertThat(reload.statusCode()).as(reload.body()).isEqualTo(200);
        HttpResponse<String> response = gateway.post("/v1/chat/completions", TestGateway.chatBody("gpt-4o").replace("Hello!", PROMPT));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
    }

    private static String ofRoute(String more) {
        return ROUTE.replace("    from:", more.indent(4).stripTrailing() + "\n    from:");
    }

    private void assertSilent(String rules) {
        try (CapturedLog log = new CapturedLog()) {
            chat(rules);

            assertThat(log.linesWith("A rule ended a request")).hasSize(1);
            assertThat(log.linesWith(PROMPT)).isEmpty();
            assertThat(log.linesWith(CapturedLog.STACK_TRACE)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "- onException: { exception: [ java.lang.Exception ], redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 } }\n",
        "- onException: { exception: [ java.lang.Exception ], steps: [ { log: failed } ] }\n",
        "- onException: { exception: [ java.io.IOException ], redeliveryPolicy: { maximumRedeliveries: 1 } }\n",
        "- onException: { exception: [ java.lang.Exception ], steps: [ { setProperty: { name: m, jq: \".messages[0].content | tonumber\" } } ] }\n",
        "- errorHandler: { defaultErrorHandler: { redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 } } }\n",
        "- errorHandler: { defaultErrorHandler: {} }\n",
        "- errorHandler: { defaultErrorHandler: { redeliveryPolicy: { logExhausted: false } } }\n"})
    void shouldLogNoPromptIfTheFileHandlesFailures(String head) {
        assertSilent(head + ROUTE);
    }

    @Test
    void shouldLogNoPromptIfTheRouteHandlesFailures() {
        assertSilent(ofRoute("errorHandler: { defaultErrorHandler: { redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 } } }"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "errorHandler: { defaultErrorHandler: { redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 } } }",
        "onException: [ { onException: { exception: [ java.lang.Exception ], redeliveryPolicy: { maximumRedeliveries: 1, redeliveryDelay: 1 } } } ]",
        "onException: [ { onException: { exception: [ java.io.IOException ], steps: [ { log: failed } ] } } ]"})
    void shouldLogNoPromptIfAConfigurationHandlesFailures(String more) {
        assertSilent("- routeConfiguration:\n    id: ours\n" + more.indent(4) + ofRoute("routeConfigurationId: ours"));
    }

    @Test
    void shouldLogWhatTheFileAsksFor() {
        try (CapturedLog log = new CapturedLog()) {
            chat(ofRoute("errorHandler: { defaultErrorHandler: { redeliveryPolicy: { logExhausted: true } } }"));

            assertThat(log.linesWith("Failed delivery")).isNotEmpty();
        }
    }
}
