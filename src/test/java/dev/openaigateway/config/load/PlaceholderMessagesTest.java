package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A variable or a file may hold a secret, so messages show the placeholder, also where they list the names of other settings. */
class PlaceholderMessagesTest {

    private static final Map<String, String> HIDDEN = Map.ofEntries(Map.entry("M", "hidden-model"), Map.entry("N", "hidden-name"),
            Map.entry("L", "hidden one/hidden two,hidden three"), Map.entry("O", "hidden.example/path"), Map.entry("K", "azure"), Map.entry("S", "x"),
            Map.entry("NEAR", "failovers"), Map.entry("BASE", "ftp://hidden.example"), Map.entry("C", "hidden,other"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            instances: [{ name: a, api_base: "http://h", provider_type: generic, supported_models: ["${M}"] }] ; routing: { default_model: nope } | routing.default_model "nope" is no model that an instance serves (${M})
            instances: [{ name: a, api_base: "http://h", provider_type: generic, supported_models: ["${S}"] }] ; routing: { default_model: y } | routing.default_model "y" is no model that an instance serves (${S})
            instances: [{ name: a, api_base: "http://h", provider_type: generic, supported_models: "m1,${C}" }] ; routing: { default_model: nope } | routing.default_model "nope" is no model that an instance serves (m1, m1,${C})
            instances: [{ name: a, api_base: "http://h", provider_type: generic, supported_models: [m1] }] ; routing: { default_model: "${M}" } | routing.default_model "${M}" is no model that an instance serves (m1)
            models: [{ name: hidden-name, target: "${N}" }] ; instances: [] | models[0].target "${N}" leads back to the name itself: ${N} -> ${N}
            clients: { keys: [{ name: "${N}", key: k1 }, { name: "${N}", key: k2 }] } | clients.keys[1].name "${N}" is the name of an earlier client; names must be unique, and keys of one client are listed under its keys
            clients: { keys: [{ name: "${N}", key: k1 }, { name: b, key: k1 }] } | clients.keys[1].key "****" is already a key of client '${N}'; keys must be unique
            instances: [{ name: a, api_base: "http://h", provider_type: generic, passthrough: "${L}" }] | instances[0].passthrough[0] "${L}"
            cors: { allowed_origins: ["${O}"] } | cors.allowed_origins[0] "${O}" must be an origin
            instances: [{ name: a, api_base: "http://h", identity: "${M}" }] | instances[0].identity.type "${M}" must be one of
            instances: [{ name: a, api_base: "http://h", provider_type: "${K}" }] | instances[0].api_key must have a value for an instance of type ${K}, or identity must be set
            instances: [{ name: a, api_base: "${BASE}", provider_type: generic }] | instances[0].api_base "${BASE}" must be
            instances: [{ name: a, api_base: "http://h", provider_type: generic, tags: ["${L}"] }] | instances[0].tags[0] "${L}" must consist of letters
            routing: { strategy: "${NEAR}" } | routing.strategy "${NEAR}" must be one of failover,
            """)
    void shouldShowWhatIsWritten(String settings, String message) {
        String yaml = settings.replace(" ; ", "\n");
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class,
                () -> TestSettings.parse(yaml, new Environment(HIDDEN, Path.of("/nonexistent"))));

        assertThat(refused).as(yaml).isNotNull().hasMessageContaining(message);
        assertThat(refused.getMessage()).doesNotContain("hidden").doesNotContain("did you mean \"failover\"");
    }
}
