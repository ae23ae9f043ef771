package dev.openaigateway.admin;

import dev.openaigateway.openai.Json;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What the check of files over HTTP tells about the environment and the files of the gateway: nothing. */
@GatewayTest
class HiddenValuesTest {

    private static final String RULES = "- route: { id: routing, from: { uri: direct:routing, steps: [ %s ] } }";

    @TempDir
    private static Path folder;
    private static Path named;
    private static TestGateway gateway;

    @BeforeAll
    static void startGateway() throws IOException {
        named = Files.writeString(folder.resolve("named"), "hidden-model\n");
        Files.writeString(folder.resolve("other"), "hidden-model\n");
        System.setProperty("hidden.property", "hidden-property");
        Files.writeString(folder.resolve("escaped"), "hidden-model\n");
        gateway = TestGateway.builder().variable("HIDDEN_NAME", "hidden-name").variable("HIDDEN_KEY", "${file:" + folder + "/other}").settings("""
                instances: [ { name: a, provider_type: generic, api_base: "http://127.0.0.1:9", api_key: "${HIDDEN_KEY}-$${file:%s/escaped}",
                    supported_models: [gpt-4o, "${file:%s}"], tags: ["${HIDDEN_NAME}"] } ]
                """.formatted(folder, named)).start();
    }

    @AfterAll
    static void stopGateway() {
        System.clearProperty("hidden.property");
        gateway.close();
    }

    private static String instances(String model) {
        return "instances:\n  - { name: a, provider_type: generic, api_base: 'http://x', supported_models: ['" + model + "', '${HIDDEN_NAME}'], tags: ['${HIDDEN_NAME}'] }\n";
    }

    private static String refused(String body) {
        HttpResponse<String> response = gateway.post("/config/validate", body, "Content-Type", body.startsWith("{") ? "application/json" : "text/yaml");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("hidden-model", "hidden-name", "hidden-property");
        return OperatedGateway.json(response.body()).at("/error/message").asText();
    }

    @Test
    void shouldListNamesAsTheyAreWritten() {
        assertThat(refused(instances("${file:" + named + "}") + "routing: { default_model: nope }"))
                .contains("routing.default_model \"nope\" is no model that an instance serves (${HIDDEN_NAME}, ${file:" + named + "})");
        assertThat(refused("{\"files\": " + Json.MAPPER.valueToTree(Map.of("instances.yaml", instances("m"),
                "routing.camel.yaml", RULES.formatted("{ to: 'instance:a?model=nope' }"))) + "}")).contains("asks for model \"nope\" which no instance serves (${HIDDEN_NAME}, m)");
    }

    /** Of the active settings too. */
    @ParameterizedTest
    @ValueSource(strings = {"instance:a?model=nope", "instance:*?tag=nope", "instance:*?exclude=nope"})
    void shouldListNamesOfTheActiveSettingsAsTheyAreWritten(String uri) {
        assertThat(refused(RULES.formatted("{ to: '" + uri + "' }"))).containsAnyOf("${HIDDEN_NAME}", "${file:" + named + "}");
    }

    /** The text of a secret names none, nor does one that only looks like a placeholder. */
    @Test
    void shouldReadOnlyFilesThatTheSettingsName() {
        for (String file : new String[] {folder + "/other", folder + "/escaped", "/proc/self/environ", "/nonexistent", gateway.settingsFile().toString(), folder + "/other:-default"}) {
            assertThat(refused("name: '${file:" + file + "}'")).contains("request:1: name \"${file:" + file
                    + "}\" names a file that neither the active settings nor the files on disk name");
        }
        assertThat(gateway.post("/config/validate", instances("${file:" + folder + "/x/../named}"), "Content-Type", "text/yaml").body()).isEqualTo("{\"status\":\"valid\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{ to: 'instance:a?priority={{sys:hidden.property}}' }",
            "{ to: { uri: 'instance:a', parameters: { priority: '{{sys:hidden.property}}' } } }",
            "{ to: { uri: 'instance:a', parameters: { model: '{{sys:hidden.property}}' } } }",
            "{ to: 'instance:{{sys:hidden.property}}' }",
            "{ to: 'instance:*?tag={{sys:hidden.property}}' }",
            "{ to: 'direct:{{sys:hidden.property}}' }",
            "{ to: '{{sys:hidden.property}}:x' }",
            "{ to: 'seda:x?size={{sys:hidden.property}}' }",
            "{ filter: { simple: \"${header.x} == {{sys:hidden.property}} ==\", steps: [] } }",
            "{ process: { ref: '{{sys:hidden.property}}' } }",
            "{ to: 'http://127.0.0.1:9?httpMethod={{sys:hidden.property}}' }",
            "{ setBody: { method: { ref: '{{sys:hidden.property}}' } } }",
            "{ setBody: { jsonpath: '$[{{sys:hidden.property}}' } }"})
    void shouldShowPlaceholdersOfRulesAsTheyAreWritten(String step) {
        assertThat(refused(RULES.formatted(step))).contains("hidden.property");
    }

    @Test
    void shouldShowPlaceholdersOfRulesWhereABeanCannotBeMade() {
        assertThat(refused("""
                - beans: [ { name: wrong, type: "java.io.File#{{sys:hidden.property}}", constructors: { 0: "{{sys:hidden.property}}" }, properties: { x: "{{sys:hidden.property}}" } } ]
                """ + RULES.formatted("{ to: 'instance:a' }"))).contains("hidden.property");
        assertThat(refused("""
                - beans: [ { name: wrong, type: java.util.concurrent.atomic.AtomicInteger, constructors: { 0: "{{sys:hidden.property}}" } } ]
                """ + RULES.formatted("{ to: 'instance:a' }"))).contains("cannot be made");
    }
}
