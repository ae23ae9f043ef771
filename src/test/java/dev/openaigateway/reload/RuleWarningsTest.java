package dev.openaigateway.reload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Probable mistakes in rules: a check returns all of them and logs none, and the log has those that the active rules did not have before. */
@GatewayTest
class RuleWarningsTest {

    private static final String NEVER = "which never runs";
    private static final String SETTINGS = """
            admin: { watch_files: false }
            instances: [ { name: east, provider_type: generic, api_key: k, api_base: "http://127.0.0.1:9" } ]
            """;
    private static final String ONE = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - to: reject:503
                    - to: instance:east
            """;
    private static final String ANOTHER = """
            - route:
                id: other
                from: { uri: "direct:other", steps: [ { stop: {} }, { log: a } ] }
            """;

    private final GatewayFolder folder = GatewayFolder.copy().rules(ONE);
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings(SETTINGS).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
    }

    @Test
    void shouldReturnTheWarningsOfACheckAndLogNone() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            JsonNode valid = validate(ONE + ANOTHER, 200);
            JsonNode refused = validate(ONE + ANOTHER + "- rute: {}\n", 400).path("error");

            assertThat(valid.path("status").asText()).isEqualTo("valid");
            assertThat(valid.path("warnings")).hasSize(2).isEqualTo(refused.path("warnings"));
            assertThat(valid.at("/warnings/0")).isEqualTo(new ObjectMapper().readTree("""
                    {"source": "request:7:11", "path": "route 'routing' has step", "value": "to", "nearest": null, "rule": "which never runs: 'to' in line 6 ends \
                    each request before it. To end only some, put that into a 'filter' or 'choice'"}"""));
            assertThat(refused.path("problems")).hasSize(1);
            assertThat(validate("- route: { id: routing, from: { uri: direct:routing, steps: [ { to: instance:east } ] } }\n", 200)).hasSize(1);
            assertThat(log.linesWith(NEVER)).isEmpty();
        }
    }

    @Test
    void shouldLogOnlyWhatTheActiveRulesDidNotHave() throws IOException {
        validate(ONE + ANOTHER, 200);

        assertThat(loggedByReload(ONE + ANOTHER)).singleElement().asString().contains("routing.camel.yaml:10:", "route 'other' has step \"log\"");
        assertThat(loggedByReload("# a comment\n" + ONE + ANOTHER)).isEmpty();
        assertThat(loggedByReload(ONE + ANOTHER.replace("{ log: a }", "{ lg: a }"), 400)).isEmpty();
        assertThat(loggedByReload(ONE)).isEmpty();
        assertThat(loggedByReload(ONE + ANOTHER)).hasSize(1);
    }

    private List<String> loggedByReload(String rules) {
        return loggedByReload(rules, 200);
    }

    private List<String> loggedByReload(String rules, int status) {
        folder.rules(rules);
        try (CapturedLog log = new CapturedLog()) {
            assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(status);
            return log.linesWith(NEVER);
        }
    }

    private JsonNode validate(String rules, int status) throws IOException {
        HttpResponse<String> response = gateway.post("/config/validate", rules, "Content-Type", "text/yaml");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new ObjectMapper().readTree(response.body());
    }
}
