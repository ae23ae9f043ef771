package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules in several files. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesFolderTest {

    private static final String ROUTING = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - to: { uri: "direct:team" }
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(ROUTING);
    private final Path rules = folder.path().resolve("routes/rules");
    private TestGateway gateway;

    @BeforeAll
    void startGateway() throws IOException {
        Files.createDirectory(rules);
        folder.write("routes/rules/team.camel.yaml", team("east"));
        gateway = TestGateway.builder().folder(folder.path()).settings(settings()).start();
    }

    private String settings() {
        return """
                admin: { watch_files: false }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s" }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(upstream.uri(), upstream.uri());
    }

    @BeforeEach
    void startWithTwoFiles() throws IOException {
        try (Stream<Path> files = Files.list(rules)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        folder.rules(ROUTING).write("routes/rules/team.camel.yaml", team("east"));
        assertThat(reload().statusCode()).isEqualTo(200);
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        upstream.close();
    }

    private static String team(String instance) {
        return """
                - route:
                    id: team
                    from:
                      uri: direct:team
                      steps:
                        - to: { uri: "instance:%s" }
                """.formatted(instance);
    }

    @Test
    void shouldTakeUpAllFilesTogether() throws IOException {
        assertThat(responded()).isEqualTo("east");

        folder.rules(ROUTING.replace("team", "other")).write("routes/rules/other.camel.yaml", team("west").replace("team", "other"));
        Files.delete(rules.resolve("team.camel.yaml"));

        assertThat(reload().body()).contains("routing.camel.yaml", "other.camel.yaml", "team.camel.yaml");
        assertThat(responded()).isEqualTo("west");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# all rules\n# are out\n"})
    void shouldTakeAFileOfCommentsAsOneWithoutRules(String text) {
        folder.write("routes/rules/out.camel.yaml", text);

        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        folder.rules(ROUTING.replace("id: routing", "ids: routing"));
        assertThat(reload().body()).contains("which 'route' does not have").contains("\"nearest\":\"id\"");
        folder.rules(ROUTING.replace("direct:team", "direct:taem"));
        assertThat(reload().body()).contains("\"value\":\"direct:taem\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "[]", "GONE"})
    void shouldNotPutTheRulesOfTheJarInPlaceOfRulesInTheFolder(String text) throws IOException {
        // given
        GatewayFolder own = GatewayFolder.copy();
        Files.delete(own.path().resolve("routes/routing.camel.yaml"));
        Files.createDirectories(own.path().resolve("routes/rules"));
        own.write("routes/rules/main.camel.yaml", ROUTING.replace("direct:team", "instance:west"));
        try (TestGateway other = TestGateway.builder().folder(own.path()).settings(settings()).start()) {
            // when
            if (text.equals("GONE")) {
                Files.delete(own.path().resolve("routes/rules/main.camel.yaml"));
            } else {
                own.write("routes/rules/main.camel.yaml", text);
            }
            HttpResponse<String> reload = other.post("/config/reload", "");

            // then
            assertThat(reload.statusCode()).isEqualTo(400);
            assertThat(reload.body()).contains("main.camel.yaml", "must keep its route from direct:routing");
            assertThat(other.chat("gpt-4o").headers().firstValue("x-gateway-instance")).hasValue("west");
            own.write("routes/routing.camel.yaml", ROUTING.replace("direct:team", "instance:east"));
            assertThat(other.post("/config/reload", "").statusCode()).isEqualTo(200);
            assertThat(other.chat("gpt-4o").headers().firstValue("x-gateway-instance")).hasValue("east");
        }
    }

    @Test
    void shouldNotReadFilesThatBelongToAnEditor() throws IOException {
        Files.createSymbolicLink(rules.resolve(".#team.camel.yaml"), Path.of("me@host.1234"));
        folder.write("routes/rules/.other.camel.yaml", "half a");

        assertThat(reload().statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseRulesThatAreAllCommentedOut() {
        folder.rules("# - route:\n");

        HttpResponse<String> refused = reload();

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("must have a route that begins with 'direct:routing'");
    }

    @Test
    void shouldChangeNothingWhenOneFileIsWrong() {
        folder.rules(ROUTING.replace("team", "other")).write("routes/rules/other.camel.yaml", team("wets").replace("team", "other"));

        assertThat(reload().body()).contains("rules/other.camel.yaml:6", "wets", "\"nearest\":\"west\"");
        assertThat(responded()).isEqualTo("east");
    }

    @Test
    void shouldAllowAnotherFileToBegin() {
        folder.rules(team("west").replace("team", "spare")).write("routes/rules/begin.camel.yaml", ROUTING);

        assertThat(reload().statusCode()).isEqualTo(200);
        assertThat(responded()).isEqualTo("east");
    }

    @Test
    void shouldRefuseRulesOfWhichNoneBegins() {
        folder.rules(team("west").replace("team", "spare"));

        assertThat(reload().body()).contains("direct:routing");
        assertThat(responded()).isEqualTo("east");
    }

    @Test
    void shouldNameBothPlacesOfAName() {
        for (String twice : List.of(team("west").replace("direct:team", "direct:another"), team("west").replace("id: team", "id: another"),
                ROUTING.replace("id: routing", "id: another"))) {
            folder.write("routes/rules/twice.camel.yaml", twice);
            String refused = reload().body();
            assertThat(refused).as(twice).contains("rules/twice.camel.yaml:").containsPattern("(rules/team|routing)\\.camel\\.yaml:\\d");
            assertThat(responded()).isEqualTo("east");
        }
    }

    @Test
    void shouldNameBothPlacesOfABean() {
        String bean = "- beans: [ { name: mine, type: java.lang.Object } ]\n";
        folder.rules(ROUTING + bean).write("routes/rules/team.camel.yaml", team("east") + bean);

        assertThat(reload().body()).contains("mine", "rules/team.camel.yaml:7", "routing.camel.yaml:7");
    }

    private HttpResponse<String> reload() {
        return gateway.post("/config/reload", "");
    }

    private String responded() {
        return gateway.chat("gpt-4o").headers().firstValue("x-gateway-instance").orElse("none");
    }
}
