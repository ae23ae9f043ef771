package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** A key or a token in the place of the name of its file is shown by no message. */
class PastedContentTest {

    private static final String SECRET = "hunter2".repeat(10);
    private static final String IS_CONTENT = "is the content of a file, not its name; write it to a file and give the name of that file";

    /** As in JSON, which is YAML. */
    static Stream<String> contents() {
        return Stream.of("-----BEGIN PRIVATE KEY-----\\n" + SECRET + "\\n-----END PRIVATE KEY-----\\n", "-----BEGIN PRIVATE KEY----- " + SECRET, "MIIEvQ" + SECRET,
                "LS0tLS1CRUdJTi" + SECRET, "eyJhbGci" + SECRET, SECRET + "\\n" + SECRET);
    }

    private static String refusal(String yaml, Map<String, String> variables) {
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class,
                () -> TestSettings.parse(yaml, new Environment(variables, Path.of("/nonexistent"))));
        assertThat(refused).as(yaml).isNotNull();
        return refused.getMessage();
    }

    @ParameterizedTest
    @MethodSource("contents")
    void shouldNotShowWhatIsInPlaceOfAFile(String content) {
        for (String key : new String[] {"tls: { certificate: pom.xml, key: \"%s\" }", "tls: { key: pom.xml, certificate: \"%s\" }", "tls: { keystore: \"%s\" }",
                "tls: { keystore: pom.xml, client_auth: require, client_ca: \"%s\" }", "logging: { file: \"%s\" }",
                "instances: [{ name: a, provider_type: generic, api_base: 'http://h', identity: { type: workload, token_file: \"%s\" } }]"}) {
            assertThat(refusal(key.formatted(content), Map.of())).contains("\"****\" " + IS_CONTENT).doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host: \"%s\"", "base_url: \"%s\"", "port: \"%s\"", "instances: [{ name: \"%s\", api_key: k, api_base: 'http://h' }]", "admin: { token: \"${file:x%s}\" }"})
    void shouldNotShowAKeyInThePlaceOfAnotherValue(String key) {
        contents().limit(2).forEach(content -> assertThat(refusal(key.formatted(content), Map.of())).contains("****").doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GATEWAY_CONFIG", "GATEWAY_OVERLAY", "FOAP_CONFIG_DIR", "AZURE_PROXY_CONFIG"})
    void shouldNotShowSettingsThatAreInAVariableForTheirFile(String variable) {
        String settings = "instances:\n  - { name: a, api_key: hunter2 }\n";
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class,
                () -> TestSettings.loader(new Environment(Map.of(variable, settings), Path.of("/nonexistent"))).load());

        assertThat(refused).hasMessageContaining(variable + " \"****\" " + IS_CONTENT).hasMessageNotContaining("hunter2");
    }
}
