package dev.openaigateway.reload;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A change over the admin API that the active rules do not fit: no later reload or start would accept it. */
@GatewayTest
class ChangeBesideRulesTest {

    private static final String SETTINGS = """
            admin: { watch_files: false }
            instances:
              - { name: east, provider_type: generic, api_base: "http://127.0.0.1:9", supported_models: [ m, m2 ], tags: [ x2 ] }
              - { name: canary, provider_type: generic, api_base: "http://127.0.0.1:9", tags: [ canary ] }
            """;

    private final GatewayFolder folder = GatewayFolder.copy().write("routes/instances.yaml", SETTINGS).rules(OneRoute.of("""
            - choice:
                when:
                  - simple: "${header.x-team} == 'a'"
                    steps: [ { to: "instance:*?tag=canary&exclude=x2" } ]
            - to: { uri: "instance:east", parameters: { model: m2 } }
            """));
    private final TestGateway gateway = TestGateway.builder().folder(folder.path()).variable("GATEWAY_CONFIG", folder.path() + "/routes/instances.yaml").start();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "east   | {\"supported_models\": [\"m\"]}   | routing.camel.yaml:11:",
            "canary | {\"tags\": [\"canary\", \"x2\"]}  | routing.camel.yaml:10:",
            "canary | {\"tags\": [\"other\"]}           | routing.camel.yaml:10:",
            "canary | {\"tags\": []}                    | routing.camel.yaml:10:"})
    void shouldBeRefusedWithTheLineOfTheRule(String instance, String values, String place) {
        for (String query : new String[]{"", "?persist=true"}) {
            HttpResponse<String> changed = gateway.put("/admin/instances/" + instance + "/config" + query, values);

            assertThat(changed.statusCode()).as(changed.body()).isEqualTo(400);
            assertThat(changed.body()).contains(place);
        }

        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).isEmpty();
        assertThat(gateway.put("/admin/instances/" + instance + "/config?persist=true", "{\"weight\": 7}").statusCode()).isEqualTo(200);
    }
}
