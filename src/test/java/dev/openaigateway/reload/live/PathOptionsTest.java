package dev.openaigateway.reload.live;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Endpoints as Camel's tools write them: the component as the URI, and all options beside it. */
@GatewayTest
class PathOptionsTest {

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct
                  parameters:
                    name: routing
                  steps:
                    - choice:
                        when:
                          - simple: "${header.x-team} == 'a'"
                            steps:
                              - to: { uri: reject, parameters: { status: 403, message: "not for ${header.x-team}" } }
                    - to: { uri: request, parameters: { action: set, name: temperature, value: 1 } }
                    - to:
                        uri: direct
                        parameters:
                          name: help
            - route:
                id: help
                from:
                  uri: direct
                  parameters: { name: help }
                  steps:
                    - to: { uri: instance, parameters: { name: west, model: m2 } }
            """;

    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final String settings = """
            admin: { watch_files: false }
            instances: [ { name: west, provider_type: generic, api_base: "%s" } ]
            """.formatted(west.uri());
    private final GatewayFolder folder = GatewayFolder.copy().rules(RULES).write("routes/instances.yaml", settings);
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings(settings).start();
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        west.close();
    }

    private HttpResponse<String> chat(String team) {
        return gateway.post("/v1/chat/completions", "{\"model\": \"m\", \"messages\": []}", "x-team", team);
    }

    @Test
    void shouldBeServedAsTheShortForm() {
        assertThat(chat("b").statusCode()).isEqualTo(200);
        assertThat(west.requests()).singleElement().satisfies(request -> assertThat(request.text().replace(" ", "")).contains("\"model\":\"m2\"", "\"temperature\":1"));
        assertThat(chat("a").statusCode()).isEqualTo(403);
        assertThat(chat("a").body()).contains("not for a");

        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).isEmpty();
        folder.rules("# again\n" + RULES);
        HttpResponse<String> reloaded = gateway.post("/config/reload", "");
        assertThat(reloaded.statusCode()).as(reloaded.body()).isEqualTo(200);
        assertThat(chat("b").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "name: help\\n | name: halp\\n | request:17: | no route begins there",
            "name: west    | name: wset    | request:24: | did you mean \\\"west\\\"",
            "status: 403   | status: 999   | request:12: | reject",
            "action: set   | action: sett  | request:13: | request"})
    void shouldBeCheckedAsTheShortForm(String right, String wrong, String place, String problem) {
        HttpResponse<String> validated = gateway.post("/config/validate",
                RULES.replaceFirst(right.replace("\\n", "\n"), wrong.replace("\\n", "\n")));

        assertThat(validated.statusCode()).isEqualTo(400);
        assertThat(validated.body()).contains(place, problem);
    }
}
