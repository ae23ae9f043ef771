package dev.openaigateway.reload.live;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Names that one version of the files declares are not there for the next one. A reload says what a check of the folder says. */
@GatewayTest
class TemplatesOfVersionsTest {

    private static final String TEMPLATE = """
            - routeTemplate:
                id: t
                parameters: [ { name: team } ]
                from: { uri: "direct:team-{{team}}", steps: [ { to: "instance:west" } ] }
            """;
    private static final String USE = "- templatedRoute: { routeTemplateRef: t, parameters: [ { name: team, value: retail } ] }\n";
    private static final String ROUTING = """
            - route:
                id: routing
                routeConfigurationId: errors
                from: { uri: direct:routing, steps: [ { to: "direct:team-retail" } ] }
            """;
    private static final String SETTINGS = """
            admin: { watch_files: false }
            instances:
              - { name: west, provider_type: generic, api_base: "WEST" }
              - { name: cheap, provider_type: generic, api_base: "CHEAP" }
            """;

    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final ScriptedUpstream cheap = ScriptedUpstream.start();
    private final String settings = SETTINGS.replace("WEST", west.uri().toString()).replace("CHEAP", cheap.uri().toString());
    private final GatewayFolder folder = GatewayFolder.copy().rules(TEMPLATE + USE + ROUTING).write("routes/instances.yaml", settings);
    private TestGateway gateway;

    @BeforeEach
    void startGateway() throws IOException {
        Files.createDirectory(folder.path().resolve("routes/rules"));
        gateway = TestGateway.builder().folder(folder.path()).settings(settings).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        west.close();
        cheap.close();
    }

    @Test
    void shouldRefuseTheUseOfATemplateThatWasRenamed() {
        folder.rules(TEMPLATE.replace("id: t", "id: t2") + USE + ROUTING);
        assertRefused("names route template \"t\" which does not exist (t2)");
    }

    @Test
    void shouldRefuseTheUseOfATemplateThatWasRemoved() {
        folder.rules(USE + ROUTING);
        assertRefused("names route template \"t\" which does not exist");
    }

    @Test
    void shouldRefuseATemplateThatIsInTwoFiles() {
        folder.write("routes/rules/a.camel.yaml", TEMPLATE);
        assertRefused("which is already at routes/rules/a.camel.yaml:2");
    }

    @Test
    void shouldRefuseARouteConfigurationThatWasRenamed() {
        String configuration = """
                - routeConfiguration:
                    id: mine
                    onException: [ { onException: { exception: [ java.lang.Exception ], handled: { constant: "true" } } } ]
                """;
        folder.rules(configuration + TEMPLATE + USE + ROUTING.replace("errors", "mine"));
        assertThat(reload().statusCode()).isEqualTo(200);
        folder.rules(configuration.replace("mine", "other") + TEMPLATE + USE + ROUTING.replace("errors", "mine"));
        assertRefused("mine");
    }

    @Test
    void shouldRefuseABeanThatWasRenamed() {
        String bean = "- beans: [ { name: mine, type: \"java.util.ArrayList\" } ]\n";
        String use = ROUTING.replace("steps: [", "steps: [ { setBody: { method: { ref: mine, method: size } } },");
        folder.rules(bean + TEMPLATE + USE + use);
        assertThat(reload().body()).contains("new rules");
        folder.rules(bean.replace("mine", "other") + TEMPLATE + USE + use);
        assertRefused("mine");
    }

    @Test
    void shouldUseTheTemplateThatIsInAnotherFile() {
        assertThat(gateway.post("/v1/chat/completions", "{\"model\": \"m\", \"messages\": []}").statusCode()).isEqualTo(200);
        assertThat(west.requests()).hasSize(1);

        folder.rules(TEMPLATE.replace("west", "cheap") + ROUTING).write("routes/rules/a.camel.yaml", USE);
        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).isEmpty();
        HttpResponse<String> reloaded = reload();
        assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);

        assertThat(gateway.post("/v1/chat/completions", "{\"model\": \"m\", \"messages\": []}").statusCode()).isEqualTo(200);
        assertThat(west.requests()).hasSize(1);
        assertThat(cheap.requests()).hasSize(1);
    }

    /** Each route gets beans of its own. */
    @Test
    void shouldMakeTheBeansOfATemplate() {
        String beans = """
                - routeTemplate:
                    id: t
                    parameters: [ { name: team } ]
                    beans: [ { name: own, type: "org.apache.camel.processor.aggregate.UseOriginalAggregationStrategy" } ]
                    from:
                      uri: "direct:team-{{team}}"
                      steps:
                        - split: { constant: a, aggregationStrategy: "{{own}}", steps: [ { log: a } ] }
                        - to: { uri: "instance:cheap" }
                """;
        folder.rules(beans + USE + ROUTING);

        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).isEmpty();
        assertThat(gateway.post("/config/validate", beans + USE + ROUTING).statusCode()).isEqualTo(200);
        HttpResponse<String> reloaded = reload();
        assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);
        assertThat(gateway.post("/v1/chat/completions", "{\"model\": \"m\", \"messages\": []}").statusCode()).isEqualTo(200);
        assertThat(cheap.requests()).hasSize(1);
        TestGateway.builder().folder(folder.path()).settings(settings).start().close();
    }

    /** The names of beans are listed for the nearest one. A balancer of a replaced version would fail there, without its bean. */
    @Test
    void shouldListTheNamesOfBeansAfterAPolicyOfATemplateWasReplaced() {
        String policy = """
                - routeTemplate:
                    id: t
                    parameters: [ { name: team } ]
                    beans: [ { name: own, type: dev.openaigateway.routing.policy.Sticky, properties: { key: "${header.x-team}" } } ]
                    from:
                      uri: "direct:team-{{team}}"
                      steps:
                        - loadBalance: { customLoadBalancer: { ref: "{{own}}" }, steps: [ { to: "instance:cheap" }, { to: "instance:west" } ] }
                """;
        folder.rules(policy + USE + ROUTING);
        assertThat(reload().body()).contains("new rules");
        assertThat(gateway.post("/v1/chat/completions", "{\"model\": \"m\", \"messages\": []}").statusCode()).isEqualTo(200);
        folder.rules(TEMPLATE + USE + ROUTING);
        assertThat(reload().body()).contains("new rules");

        folder.rules(TEMPLATE + USE + ROUTING.replace("steps: [", "steps: [ { process: { ref: evntJson } },"));
        assertRefused("names bean \"evntJson\" which does not exist; did you mean \"eventJson\"?");
    }

    private HttpResponse<String> reload() {
        return gateway.post("/config/reload", "");
    }

    private void assertRefused(String problem) {
        List<String> checked = new CheckCommand(folder.path(), Map.of()).problems();
        assertThat(checked).isNotEmpty().first().asString().contains(problem);
        HttpResponse<String> reloaded = reload();
        assertThat(reloaded.statusCode()).isEqualTo(400);
        assertThat(reloaded.body().replace(folder.path() + "/", "")).contains(problem.replace("\"", "\\\""));
    }
}
