package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A failure in any route of the rules becomes the OpenAI error object, unless a rule handles it. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RuleErrorsTest {

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    @BeforeAll
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings("""
                admin: { watch_files: false }
                routing: { retries: 0 }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(east.uri(), west.uri())).start();
    }

    @BeforeEach
    void failEast() {
        east.enqueue(Reply.error(500, "boom", "boom"));
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        east.close();
        west.close();
    }

    private HttpResponse<String> respond(String rules) {
        folder.rules(rules);
        HttpResponse<String> reload = gateway.post("/config/reload", "");
        assertThat(reload.statusCode()).as(reload.body()).isEqualTo(200);
        return gateway.chat("gpt-4o");
    }

    private static String routing(String steps) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                """ + steps.indent(8);
    }

    private static String helper(String more) {
        return """
                - route:
                    id: helper
                %s
                    from:
                      uri: direct:helper
                      steps:
                        - to: { uri: "instance:east" }
                """.formatted(more.indent(4).stripTrailing());
    }

    private static void assertError(HttpResponse<String> response) {
        assertThat(response.statusCode()).isBetween(500, 503);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(response.body()).contains("\"error\":{\"message\"");
    }

    @Test
    void shouldRespondWithAnErrorObject() {
        assertError(respond(routing("- to: { uri: \"instance:east\" }")));
    }

    @Test
    void shouldRespondWithAnErrorObjectWhenAHelperFails() {
        assertError(respond(routing("- to: { uri: \"direct:helper\" }") + helper("")));
    }

    @Test
    void shouldRespondWithAnErrorObjectWhenAHelperWithAnErrorHandlerOfItsOwnFails() {
        assertError(respond(routing("- to: { uri: \"direct:helper\" }")
                + helper("errorHandler: { defaultErrorHandler: { redeliveryPolicy: { logExhausted: false } } }")));
    }

    @Test
    void shouldRespondWithAnErrorObjectWhenAllRoutesNameTheConfiguration() {
        assertError(respond(routing("- to: { uri: \"direct:helper\" }").replace("    from:", "    routeConfigurationId: errors\n    from:")
                + helper("routeConfigurationId: errors")));
    }

    @Test
    void shouldRespondWithAnErrorObjectWhenABranchFails() {
        assertError(respond(routing("""
                - multicast:
                    stopOnException: true
                    steps:
                      - to: { uri: "direct:helper" }
                """) + helper("")));
    }

    @Test
    void shouldCatchTheFailureOfAHelper() {
        String steps = """
                - doTry:
                    steps:
                      - to: { uri: "direct:helper" }
                    doCatch:
                      - exception: [ java.lang.Exception ]
                        steps:
                          - to: { uri: "instance:west" }
                """;
        assertThat(respond(routing(steps) + helper("")).headers().firstValue("x-gateway-instance")).hasValue("west");
    }

    @Test
    void shouldHandleAnExceptionInTheFile() {
        String onException = """
                - onException:
                    exception: [ java.lang.Exception ]
                    handled: { constant: { expression: "true" } }
                    steps:
                      - to: { uri: "instance:west" }
                """;
        assertThat(respond(onException + routing("- to: { uri: \"direct:helper\" }") + helper("")).headers()
                .firstValue("x-gateway-instance")).hasValue("west");
    }

    @Test
    void shouldRefuseAConfigurationThatDoesNotExist() {
        folder.rules(routing("- to: { uri: \"direct:helper\" }") + helper("routeConfigurationId: erors"));

        assertThat(gateway.post("/config/reload", "").body()).contains("routing.camel.yaml:", "helper", "erors", "errors");
    }
}
