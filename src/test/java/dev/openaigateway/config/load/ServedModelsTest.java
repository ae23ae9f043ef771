package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Keys of an instance that name a model. */
class ServedModelsTest {

    private static final Environment NO_VARIABLES = new Environment(Map.of(), Path.of("/nonexistent"));

    private static final String INSTANCE = """
            instances:
              - name: a
                provider_type: generic
                api_base: http://h
                supported_models: [gpt-4o, gpt-4.1]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            model_limits: { gpt4o: { tpm: 5 } }                                         | model_limits.gpt4o    | gpt-4o
            model_timeouts: { gpt4o: { timeout: 5 } }                                   | model_timeouts.gpt4o  | gpt-4o
            targets: { gpt4o: { embeddings: { base_url: 'http://h/v1' } } }             | targets.gpt4o         | gpt-4o
            model_limits: { gpt-4.2: { tpm: 5 } }                                       | model_limits[gpt-4.2] | gpt-4.1
            """)
    void shouldNameLineRuleAndNearestModelOfAModelThatIsNotServed(String key, String path, String nearest) {
        assertThat(problem(INSTANCE + "    tags: [x]\n    " + key.replaceFirst("\\{", "\n      {"))).isEqualTo("text:8: instances[0]." + path
                + " is no model that the instance serves (gpt-4.1, gpt-4o); did you mean \"" + nearest + "\"?");
    }

    /** It would be without effect, since these keys are of single models. */
    @ParameterizedTest
    @ValueSource(strings = {"model_limits: { '*': { tpm: 5 } }", "model_timeouts: { '*': { timeout: 5 } }"})
    void shouldRefuseAnyModelWhereOneIsMeant(String key) {
        String any = "instances: [{ name: a, provider_type: generic, api_base: 'http://h', %s }]";
        assertThat(problem(any.formatted(key))).isEqualTo("text:1: instances[0]." + key.substring(0, key.indexOf(':')) + ".* must be the name of a model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"supported_models: []", "supported_models: ['*']", "supported_models: [other, '*']", "model_deployments: { m: d }",
            "supported_models: [m], enabled: false"})
    void shouldAcceptModelsThatTheInstanceServes(String served) throws Exception {
        String keys = "model_limits: { m: { tpm: 5 } }, model_timeouts: { m: { timeout: 5 } }, targets: { m: { embeddings: { model: e } } }";
        assertThat(TestSettings.parse("instances: [{ name: a, provider_type: generic, api_base: 'http://h', %s, %s }]".formatted(served, keys), NO_VARIABLES).instances()).hasSize(1);
    }

    @Test
    void shouldNameTheVariableOfAModelThatIsNotServed() {
        Environment environment = new Environment(Map.of("API_INSTANCE_A_MODEL_LIMITS_GPT5_TPM", "5"), Path.of("/nonexistent"));
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, () -> TestSettings.parse(INSTANCE, environment));
        assertThat(refused.problems()).extracting(Problem::message).singleElement().asString().startsWith("environment: API_INSTANCE_A_MODEL_LIMITS_GPT5_TPM")
                .contains("is no model that the instance serves (gpt-4.1, gpt-4o)");
    }

    /** It would not start on another machine only because that one serves less. */
    @Test
    void shouldAcceptTimesOfModelsThatAVariableLeavesOut() throws Exception {
        Environment less = new Environment(Map.of("API_INSTANCE_A_SUPPORTED_MODELS", "other"), Path.of("/nonexistent"));
        String keys = "    model_timeouts: { gpt-4o: { timeout: 5 } }\n    targets: { gpt-4o: { embeddings: { model: e } } }\n";
        assertThat(TestSettings.parse(INSTANCE + keys, less).instances().get(0).models()).containsExactly("other");
    }

    private static String problem(String yaml) {
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, () -> TestSettings.parse(yaml, NO_VARIABLES));
        assertThat(refused).as("accepted: " + yaml).isNotNull();
        assertThat(refused.problems()).hasSize(1);
        return refused.problems().get(0).message();
    }
}
