package dev.openaigateway.app;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Routes of other files send to routes of the rules, which change while the gateway runs. */
@GatewayTest
class CustomRoutesTest {

    private static final String TIMER = """
            - route:
                id: mine
                from:
                  uri: timer:mine
                  steps:
                    - to:
                        uri: direct:routing
            """;

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private final GatewayFolder folder = GatewayFolder.copy().rules(to("east"));
    private TestGateway gateway;

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        east.close();
        west.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:routing", "direct:chosen"})
    void shouldReachTheActiveRules(String endpoint) {
        start(endpoint);
        assertThat(responded("/custom")).isEqualTo("east");

        for (String next : List.of("west", "east", "west", "east")) {
            folder.rules(to(next));
            assertThat(reload().statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(2));

            assertThat(responded("/custom")).isEqualTo(next);
            assertThat(responded("/v1/chat/completions")).isEqualTo(next);
        }
    }

    @Test
    void shouldFinishWithTheRulesItBeganWith() {
        start("direct:routing");
        CountDownLatch failing = new CountDownLatch(1);
        east.enqueue((line, request) -> {
            failing.await();
            Reply.error(500, "boom", "boom").writeTo(line, request);
        });
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.post("/custom", TestGateway.chatBody("twice"));
            east.awaitRequests(1);
            folder.rules(to("west"));
            assertThat(reload().statusCode()).isEqualTo(200);
            assertThat(responded("/custom")).isEqualTo("west");
            failing.countDown();

            assertThat(client.response().header("x-gateway-instance")).isEqualTo("east");
        }
    }

    @Test
    void shouldReturn500WhenTheActiveRulesLackARoute() {
        start("direct:chosen");
        folder.rules(to("west").replace("direct:chosen", "direct:another"));
        assertThat(reload().statusCode()).isEqualTo(200);

        assertThat(gateway.post("/custom", TestGateway.chatBody("gpt-4o")).statusCode()).isEqualTo(500);
        assertThat(responded("/v1/chat/completions")).isEqualTo("west");
    }

    @Test
    void shouldRefuseToStartWithAnotherConsumerInTheRules() {
        folder.rules(to("east") + TIMER);

        assertThatThrownBy(() -> start("direct:routing")).hasStackTraceContaining("routing.camel.yaml")
                .hasStackTraceContaining("route 'mine' begins with \"timer:mine\"").hasStackTraceContaining("a file of its own");
    }

    @Test
    void shouldKeepTheRulesWhenTheNewOnesHaveAnotherConsumer() {
        start("direct:routing");
        folder.rules(to("west") + TIMER);

        assertThat(reload().body()).contains("routing.camel.yaml", "route 'mine' begins with", "timer:mine", "a file of its own");
        assertThat(responded("/v1/chat/completions")).isEqualTo("east");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/mine", "/admin/hooks", "/stats/import"})
    void shouldReadTheBodyOfARouteOfYourOwn(String path) {
        folder.write("routes/hooks.camel.yaml", """
                - route:
                    id: hooks
                    from:
                      uri: platform-http:%s
                      steps:
                        - setBody: { simple: { expression: "got ${bodyAs(String)}" } }
                """.formatted(path));
        start("direct:routing");

        assertThat(gateway.post(path, "{\"a\":1}").body()).isEqualTo("got {\"a\":1}");
    }

    private void start(String endpoint) {
        folder.write("routes/custom.camel.yaml", """
                - route:
                    id: custom
                    routeConfigurationId: errors
                    from:
                      uri: platform-http:/custom
                      steps:
                        - setProperty: { name: operation, expression: { constant: { expression: chat/completions } } }
                        - process: { ref: accept }
                        - process: { ref: authenticate }
                        - process: { ref: read }
                        - process: { ref: admit }
                        - to: { uri: "%s" }
                        - process: { ref: complete }
                """.formatted(endpoint));
        gateway = TestGateway.builder().folder(folder.path()).clock(clock).settings("""
                admin: { watch_files: false }
                routing: { retries: 0 }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(east.uri(), west.uri())).start();
    }

    /** Returns rules that retry a failed call once, through another route of the file. */
    private static String to(String instance) {
        return OneRoute.of("""
                - doTry:
                    steps:
                      - to: { uri: "instance:%s" }
                    doCatch:
                      - exception: [java.lang.Exception]
                        steps:
                          - to: { uri: "direct:chosen" }
                """.formatted(instance)) + """
                - route:
                    id: chosen
                    from:
                      uri: direct:chosen
                      steps:
                        - to: { uri: "instance:%s" }
                """.formatted(instance);
    }

    private HttpResponse<String> reload() {
        return gateway.post("/config/reload", "");
    }

    private String responded(String path) {
        return gateway.post(path, TestGateway.chatBody("gpt-4o")).headers().firstValue("x-gateway-instance").orElse("none");
    }
}
