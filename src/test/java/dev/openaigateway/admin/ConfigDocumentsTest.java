package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigDocumentsTest extends OperatedGateway {

    @Override
    String moreSettings() {
        return "admin: { watch_files: false }";
    }

    @Test
    void shouldShowActiveSettingsAndTheirOrigins() {
        JsonNode config = document("/config");

        assertThat(config.at("/source").asText()).startsWith("YAML ").endsWith("settings.yaml, environment variables");
        assertThat(config.at("/settings/port").asText()).isEqualTo(String.valueOf(gateway.port()));
        assertThat(config.at("/settings/instances/0/api_key").asText()).isEqualTo("****");
        assertThat(config.at("/origins/instances[east].max_tpm").asText()).contains("settings.yaml:");
        assertThat(config.toString()).doesNotContain("key-of-east");
        assertThat(gateway.get("/config").body()).doesNotContain("E+");
    }

    @Test
    void shouldReportTheChangesOfAReload() throws IOException {
        write(settings().replace("weight: 50", "weight: 70").replace("key-of-east", "another-key"));

        JsonNode done = json(gateway.post("/config/reload", ""), 200);

        assertThat(done.at("/status").asText()).isEqualTo("reloaded");
        assertThat(done.at("/changes")).isEqualTo(json("""
                [{"path": "instances[east].api_key", "before": "****", "after": "****"},
                 {"path": "instances[west].weight", "before": "50", "after": "70"}]"""));
        gateway.chat("gpt-4o");
        assertThat(east.requests().get(0).header("authorization")).isEqualTo("Bearer another-key");
    }

    @Test
    void shouldKeepTheOldSettingsAndReportProblems() throws IOException {
        write(settings().replace("weight: 50", "weight: heavy").replace("priority: 1", "priorty: 1"));

        JsonNode error = json(gateway.post("/config/reload", ""), 400).at("/error");

        assertThat(error.at("/type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.at("/problems")).hasSize(2);
        JsonNode weight = error.at("/problems/1");
        assertThat(weight.at("/source").asText()).contains("settings.yaml");
        assertThat(weight.at("/path").asText()).isEqualTo("instances[1].weight");
        assertThat(weight.at("/value").asText()).isEqualTo("heavy");
        assertThat(weight.at("/rule").asText()).startsWith("must be a whole number");
        assertThat(error.at("/problems/0/nearest").asText()).isEqualTo("priority");
        assertThat(instance(gateway.chat("gpt-4o"))).isEqualTo("east");
        assertThat(document("/config").at("/settings/instances/1/weight").asInt()).isEqualTo(50);
    }

    @Test
    void shouldRejectAnInvalidRedisUrlBeforeAnyChange() throws IOException {
        // given
        String wrong = "rate_limit: { redis_url: 'redis://:hunter2@h:port' }\nlogging: { level: DEBUG }\n";
        // when
        write(settings() + wrong);
        JsonNode reloaded = json(gateway.post("/config/reload", ""), 400).at("/error/problems/0");
        JsonNode validated = json(gateway.post("/config/validate", wrong), 400).at("/error/problems/0");
        // then
        assertThat(reloaded.at("/source").asText()).contains("settings.yaml:");
        assertThat(reloaded.at("/path").asText()).isEqualTo("rate_limit.redis_url");
        assertThat(reloaded.at("/rule").asText()).contains("host:port").doesNotContain("hunter2");
        assertThat(validated.at("/path").asText()).isEqualTo("rate_limit.redis_url");
        assertThat(document("/config").at("/settings/logging/level").asText()).isEqualTo("INFO");
    }

    @Test
    void shouldKeepTheOldSettingsWhenTheFileIsNoYaml() throws IOException {
        write("instances: [ {");

        assertThat(json(gateway.post("/config/reload", ""), 400).at("/error/problems")).hasSize(1);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotAcceptAFormAsValidSettings() {
        assertThat(gateway.send(HttpRequest.newBuilder(URI.create(gateway.url("/config/validate")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("prt: 1"))).statusCode()).isEqualTo(415);
    }

    @Test
    void shouldValidateWithoutApplying() {
        JsonNode good = json(gateway.post("/config/validate", settings().replace("weight: 50", "weight: 70")), 200);
        JsonNode wrong = json(gateway.post("/config/validate", "routing: { strategy: quickest }"), 400);

        assertThat(good.at("/status").asText()).isEqualTo("valid");
        assertThat(good).hasSize(1);
        assertThat(wrong.at("/error/problems/0/path").asText()).isEqualTo("routing.strategy");
        assertThat(document("/config").at("/settings/instances/1/weight").asInt()).isEqualTo(50);
    }

    @Test
    void shouldValidateSeveralFilesTogether() {
        String rules = "- route: { id: routing, from: { uri: \"direct:routing\", steps: [ { to: \"instance:%s\" }, { to: \"direct:more\" } ] } }\n";
        String more = "- route: { id: more, from: { uri: \"direct:more\", steps: [ { log: x } ] } }\n";
        String fresh = "instances: [ { name: fresh, provider_type: generic, api_key: k, api_base: 'http://fresh' } ]\n";

        String good = files("instances.yaml", fresh, "routing.camel.yaml", rules.formatted("fresh"), "rules/more.camel.yaml", more);
        String wrong = files("routes/instances.yaml", fresh, "routing.camel.yaml", rules.formatted("fersh"), "events.camel.yaml", "- rute: {}\n");

        assertThat(json(gateway.post("/config/validate", good), 200).at("/status").asText()).isEqualTo("valid");
        assertThat(json(gateway.post("/config/validate", wrong), 400).at("/error/problems")).extracting(problem -> problem.get("source").asText() + problem.get("nearest").asText())
                .containsExactly("events.camel.yaml:1:3route", "routing.camel.yaml:1:71fresh", "routing.camel.yaml:1:97direct:models");
        assertThat(json(gateway.post("/config/validate", files("rooting.camel.yaml", "x", "instances.yaml", fresh)), 400).toString()).contains("rooting.camel.yaml", "must be");
    }

    @Test
    void shouldNotCallRulesValidThatFailForEveryRequest() {
        String rules = "- route: { id: routing, from: { uri: \"direct:routing\", steps: [ { setProperty: { name: a, simple: \"%s\" } }, { to: \"instance:east\" } ] } }\n";

        JsonNode unknown = json(gateway.post("/config/validate", files("routing.camel.yaml", rules.formatted("${hsh(${header.x})}"))), 400).at("/error/problems");
        JsonNode wrong = json(gateway.post("/config/validate", files("routing.camel.yaml", rules.formatted("${hash(${header.x},SHA-255)}"))), 400).at("/error/problems");

        assertThat(unknown).singleElement().extracting(problem -> problem.get("source").asText() + problem.get("value").asText() + problem.get("nearest").asText())
                .isEqualTo("routing.camel.yaml:1:99hshhash");
        assertThat(wrong.at("/0/rule").asText()).isEqualTo("which fails: SHA-255 MessageDigest not available; did you mean \"SHA-256\"?");
        assertThat(json(gateway.post("/config/validate", files("routing.camel.yaml", rules.formatted("${hash(${header.x},SHA-256)}"))), 200).at("/status").asText()).isEqualTo("valid");
    }

    /** A reload with these settings would be refused, in the same words. */
    @Test
    void shouldNotCallSettingsValidThatDoNotFitTheRules() throws IOException {
        String rules = "- route: { id: routing, from: { uri: \"direct:routing\", steps: [ { to: \"instance:%s\" } ] } }\n";
        String name = document("/config").at("/settings/instances/0/name").asText();
        try (TestGateway other = TestGateway.builder().folder(GatewayFolder.copy().rules(rules.formatted(name)).path()).settings(settings()).start()) {
            String renamed = settings().replace("name: " + name, "name: renamed");
            JsonNode dropped = json(other.post("/config/validate", renamed), 400);
            JsonNode together = json(other.post("/config/validate", files("instances.yaml", renamed)), 400);
            Files.writeString(other.settingsFile(), renamed);
            JsonNode reloaded = json(other.post("/config/reload", ""), 400);

            assertThat(dropped.at("/error/problems/0/source").asText()).contains("routing.camel.yaml:1:");
            assertThat(dropped.at("/error/problems/0/value").asText()).isEqualTo(name);
            assertThat(together.at("/error/problems")).isEqualTo(dropped.at("/error/problems"));
            assertThat(reloaded.at("/error/problems")).isEqualTo(dropped.at("/error/problems"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"instances: []", "{}", "port: 3010"})
    void shouldNotCallSettingsValidThatHaveNoInstance(String text) throws IOException {
        assertThat(json(gateway.post("/config/validate", text), 400).at("/error/problems/0/rule").asText()).startsWith("must not become empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"files": {}}                                                                | files must be an object with the text of at least one file
            {"files": []}                                                                | files must be an object with the text of at least one file
            {"files": null}                                                              | files must be an object with the text of at least one file
            {"file": {"routing.camel.yaml": "- x"}}                                      | file is not a known key; did you mean "files"?
            {"files": {"rules/a.camel.yaml": ""}, "dry": true}                           | dry is not a known key beside 'files'
            {"files": {"rules/a.camel.yaml": 5}}                                         | files.rules/a.camel.yaml must be the text of the file
            {"files": {"rules/a.camel.yaml": null}}                                      | files.rules/a.camel.yaml must be the text of the file
            {"files": {"rules/a.camel.yaml": "", "routes/rules/a.camel.yaml": "- x"}}    | files "routes/rules/a.camel.yaml" is given twice
            {"files": {"rules/a.camel.yaml": "", "rules/a.camel.yaml": "- x"}}           | has a name twice: Duplicate field 'rules/a.camel.yaml'
            {"files": {"rules/a.yaml": ""}}                                              | files "rules/a.yaml" must be instances.yaml
            """)
    void shouldSayWhatIsWrongWithTheFilesOfAValidation(String body, String problem) {
        assertThat(json(gateway.post("/config/validate", body), 400).at("/error/message").asText()).startsWith("request: " + problem);
    }

    private static String files(String... namesAndTexts) {
        ObjectNode files = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return JsonNodeFactory.instance.objectNode().set("files", files).toString();
    }

    @Test
    void shouldValidateATextAloneExceptForItsPlaceholders() {
        try (TestGateway other = TestGateway.builder().variable("API_ROUTING_STRATEGY", "weighted").variable("MY_PORT", "no-port").variable("MY_LEVEL", "INFO")
                .variable("API_INSTANCES", "fromvariables").variable("API_INSTANCE_FROMVARIABLES_API_KEY", "k")
                .variable("API_INSTANCE_FROMVARIABLES_API_BASE", "https://a").settings("instances: []").start()) {
            JsonNode hidden = json(other.post("/config/validate", "routing: { strategy: quickest }"), 400).at("/error/problems");
            JsonNode filled = json(other.post("/config/validate", "port: ${MY_PORT}\nlogging: { level: '${MY_LEVEL}' }"), 400).at("/error/problems");
            JsonNode incomplete = json(other.post("/config/validate",
                    "instances: [{ name: fromvariables, api_base: 'https://a' }]"), 400).at("/error/problems");

            assertThat(hidden.at("/0/value").asText()).isEqualTo("quickest");
            assertThat(hidden).hasSize(1);
            assertThat(filled.at("/0/path").asText()).isEqualTo("port");
            assertThat(filled).hasSize(1);
            assertThat(incomplete.toString()).contains("api_key").doesNotContain("fromvariables_");
        }
    }

    private void write(String yaml) throws IOException {
        Files.writeString(gateway.settingsFile(), yaml);
    }
}
