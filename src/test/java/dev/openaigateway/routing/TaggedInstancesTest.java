package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.util.TreeSet;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules that select instances by tag. One gateway for all; each test sets its rule and restores the settings. */
@GatewayTest
class TaggedInstancesTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final GatewayFolder FOLDER = GatewayFolder.copy().rules(OneRoute.to("instance:*"));
    private static final String SETTINGS = """
            admin: { watch_files: false }
            routing: { strategy: round_robin }
            instances:
              - { name: east, provider_type: generic, api_base: "URI", tags: [eu, large] }
              - { name: west, provider_type: generic, api_base: "URI", tags: "us, large" }
              - { name: canary-1, provider_type: generic, api_base: "URI", tags: [canary, eu] }
              - { name: research, provider_type: generic, api_base: "URI", tags: [research] }
              - { name: plain, provider_type: generic, api_base: "URI" }
            """.replace("URI", UPSTREAM.uri());
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.builder().folder(FOLDER.path()).variable("API_INSTANCE_PLAIN_TAGS", "spare,small").settings(SETTINGS).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "instance:*                              | canary-1,east,plain,research,west",
        "instance:*?tag=canary                   | canary-1",
        "instance:*?tag=eu                       | canary-1,east",
        "instance:*?tag=canary,research          | canary-1,research",
        "instance:*?tag=spare                    | plain",
        "instance:*?exclude=canary,research      | east,plain,west",
        "instance:*?exclude=canary, west         | east,plain,research",
        "instance:*?tag=large&exclude=us         | east",
        "instance:*?tag=eu&exclude=canary-1      | east",
    })
    void shouldSelectByTag(String uri, String expected) {
        for (String rule : new String[] {OneRoute.to(uri), OneRoute.by("roundRobin", uri)}) {
            apply(rule);
            Set<String> used = new TreeSet<>();
            for (int i = 0; i < 10; i++) {
                used.add(Upstreams.instance(gateway.chat("gpt-4o")));
            }
            assertThat(String.join(",", used)).isEqualTo(expected);
        }
    }

    @Test
    void shouldReadParametersInTheirCanonicalForm() {
        apply(OneRoute.of("- to: { uri: \"instance:*\", parameters: { tag: \"eu,us\", exclude: \"canary,east\" } }\n"));

        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("west");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "instance:*?tag=canry        | names tag \\\"canry\\\" which is not configured (canary, eu, large, research, small, spare, us); did you mean \\\"canary\\\"?",
        "instance:*?exclude=reserch  | names tag or instance \\\"reserch\\\" which is not configured (canary, canary-1,",
        "instance:*?exclude=eu,wst   | did you mean \\\"west\\\"?",
        "instance:east?tag=eu        | names one instance; tag and exclude belong to 'instance:*'",
        "instance:*?weight=-1        | must be a whole number of at least 0, not -1",
    })
    void shouldRefuseASelectionThatFitsNoInstance(String uri, String message) {
        FOLDER.rules(OneRoute.to(uri));

        String refused = gateway.post("/config/reload", "").body();

        assertThat(refused).contains("routing.camel.yaml").contains(message);
    }

    @Test
    void shouldRefuseSettingsThatDropATagOfTheRules() throws Exception {
        apply(OneRoute.to("instance:*?tag=research"));
        Files.writeString(gateway.settingsFile(), SETTINGS.replace("[research]", "[]"));

        String refused = gateway.post("/config/reload", "").body();
        Files.writeString(gateway.settingsFile(), SETTINGS);

        assertThat(refused).contains("names tag \\\"research\\\" which is not configured");
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("research");
    }

    @Test
    void shouldShowTags() {
        assertThat(gateway.get("/admin/instances").body().replaceAll("\\s", "")).contains("\"tags\":[\"us\",\"large\"]");
    }

    private static void apply(String rules) {
        FOLDER.rules(rules);
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }
}
