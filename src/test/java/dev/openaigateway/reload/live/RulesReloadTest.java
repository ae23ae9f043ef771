package dev.openaigateway.reload.live;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules are changed on disk while the gateway runs. All tests share one gateway; each starts with rules that name east. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesReloadTest {

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private final GatewayFolder folder = GatewayFolder.copy().rules(to("east"));
    private TestGateway gateway;

    private static String to(String instance) {
        return OneRoute.of("""
                - to:
                    id: choose
                    uri: direct:chosen
                """) + """
                - route:
                    id: chosen
                    from:
                      uri: direct:chosen
                      steps:
                        - to:
                            uri: instance:%s
                """.formatted(instance);
    }

    private String settings(String more) {
        return """
                admin: { watch_files: false }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(east.uri(), west.uri()) + more;
    }

    @BeforeAll
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).clock(clock).settings(settings("")).start();
    }

    @BeforeEach
    void startWithEast() {
        folder.rules(to("east"));
        assertThat(reload().statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        east.close();
        west.close();
    }

    @Test
    void shouldApplyChangedRules() {
        assertThat(responded()).isEqualTo("east");
        folder.rules(to("west"));

        HttpResponse<String> done = reload();

        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("routing.camel.yaml");
        assertThat(responded()).isEqualTo("west");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).contains("\"west\"").doesNotContain("\"east\"");
        assertThat(reload().body()).contains("\"changes\":[]");
    }

    @Test
    void shouldKeepTheRulesWhenTheNewOnesNameAnUnknownInstance() {
        folder.rules(to("wets"));

        HttpResponse<String> refused = reload();

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("routing.camel.yaml", "wets", "\"nearest\":\"west\"");
        assertThat(responded()).isEqualTo("east");
    }

    @Test
    void shouldKeepTheRulesWhenTheNewOnesMirrorToAnUnknownInstance() {
        folder.rules(to("west").replace("- to:\n            uri: instance:west", "- wireTap:\n            uri: instance:wets"));

        HttpResponse<String> refused = reload();

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("routing.camel.yaml", "route 'chosen'", "wets", "\"nearest\":\"west\"");
        assertThat(responded()).isEqualTo("east");
    }

    @Test
    void shouldNameRoutesAsTheFileDoes() {
        for (String broken : List.of(to("wets"), to("east").replace("- to:\n            uri: instance", "- to:\n            uri: nowhere"),
                to("east").replace("direct:chosen\n- route", "direct:chosen?sizes=1\n- route"))) {
            folder.rules(broken);
            HttpResponse<String> refused = reload();

            assertThat(refused.statusCode()).as(broken).isEqualTo(400);
            assertThat(refused.body()).containsAnyOf("chosen", "routing").doesNotContainPattern("(chosen|routing|choose)-+v?[0-9]");
        }
    }

    @Test
    void shouldKeepTheRulesWhenTheNewOnesAreNoRoutes() {
        for (String broken : List.of("- route: [", "- route:\n    id: other\n    from:\n      uri: direct:other\n      steps:\n        - log: x\n",
                to("east").replace("uri: direct:chosen\n- route", "loadBalance: { x: 1 }\n- route"),
                to("east").replace("routeConfigurationId: errors", "errorHandler: { refErrorHandler: { ref: missing } }"),
                to("east") + to("west"), "")) {
            folder.rules(broken);
            assertThat(reload().statusCode()).as(broken).isEqualTo(400);
            assertThat(responded()).isEqualTo("east");
        }
        folder.rules(to("west"));
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(responded()).isEqualTo("west");
    }

    /** Uses rules as a visual editor writes them. */
    @Test
    void shouldApplyRulesWhoseStepsAllHaveIds() {
        for (String next : List.of("west", "east", "west")) {
            folder.rules("""
                    - route:
                        id: routing
                        routeConfigurationId: errors
                        from:
                          id: from-1
                          uri: direct:routing
                          steps:
                            - choice:
                                id: choice-1
                                when:
                                  - id: when-1
                                    expression: { simple: { expression: "${exchangeProperty.stream}" } }
                                    steps: [ { to: { id: to-1, uri: "instance:east" } } ]
                                otherwise:
                                  id: otherwise-1
                                  steps: [ { to: { id: to-2, uri: "instance:%s" } } ]
                    """.formatted(next));
            assertThat(reload().body()).contains("new rules");
            assertThat(responded()).isEqualTo(next);
        }
    }

    @Test
    void shouldApplyRulesAndSettingsThatDependOnEachOther() throws Exception {
        String north = "  - { name: north, provider_type: generic, api_key: k, api_base: \"" + west.uri() + "\" }\n";
        Files.writeString(gateway.settingsFile(), settings(north));
        folder.rules(to("north"));
        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(responded()).isEqualTo("north");

        Files.writeString(gateway.settingsFile(), settings(""));
        assertThat(reload().statusCode()).as("rules still name north").isEqualTo(400);
        folder.rules(to("west"));

        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(responded()).isEqualTo("west");
    }

    @Test
    void shouldKeepARunningStreamOnItsRules() {
        Gate gate = new Gate();
        east.enqueue(Reply.chatStream("one", "two").gated(gate));
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}");
            gate.release(2);
            client.head();
            client.event();
            for (String next : List.of("west", "east", "west")) {
                folder.rules(to(next));
                reload();
                clock.advance(Duration.ofMinutes(2));
            }
            assertThat(responded()).isEqualTo("west");
            gate.open();
            assertThat(client.response().text()).endsWith("data: [DONE]\n\n");
        }
    }

    @Test
    void shouldRemoveReplacedRulesWhenTheyAreIdle() {
        for (int i = 0; i < 6; i++) {
            folder.rules(to(i % 2 == 0 ? "west" : "east"));
            reload();
            clock.advance(Duration.ofMinutes(2));
        }
        reload();
        CamelContext context = gateway.main().getCamelContext();

        assertThat(context.getRoutes().stream().map(Route::getId).filter(id -> id.startsWith("chosen"))).hasSizeLessThanOrEqualTo(2);
        assertThat(responded()).isEqualTo("east");
    }

    private HttpResponse<String> reload() {
        return gateway.post("/config/reload", "");
    }

    private String responded() {
        return gateway.chat("gpt-4o").headers().firstValue("x-gateway-instance").orElse("none");
    }
}
