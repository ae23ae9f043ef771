package dev.openaigateway.config.load;

import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.support.TemporaryFolder;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

class ModelSettingsTest {

    private static final String INSTANCES = "instances: [{ name: east, provider_type: generic, api_base: 'http://h', "
            + "supported_models: [gpt-4o, gpt-4o-mini] }]\n";

    @Test
    void shouldReadEveryKey() throws Exception {
        Settings settings = parse(INSTANCES + """
                models:
                  - name: smart
                    target: gpt-4o
                    display_name: Our best
                    max_input_tokens: 128000
                    max_output_tokens: 16384
                    hidden: true
                """);

        assertThat(settings.models()).containsExactly(
                new ModelSettings("smart", Optional.of("gpt-4o"), Optional.of("Our best"), 128000, 16384, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            { name: smart, target: gpt-4 }   | text:2: models[0].target "gpt-4" is no model that an instance serves (gpt-4o, gpt-4o-mini, smart); did you mean "gpt-4o"?
            { name: gpt-4omini }             | text:2: models[0].name "gpt-4omini" is no model that an instance serves (gpt-4o, gpt-4o-mini, gpt-4omini); did you mean "gpt-4o-mini"?
            { name: a, target: a }           | text:2: models[0].target "a" leads back to the name itself: a -> a
            { name: a, target: b }, { name: b, target: c }, { name: c, target: a } | text:2: models[0].target "b" leads back to the name itself: a -> b -> c -> a
            { name: x, target: a }, { name: a, target: b }, { name: b, target: a } | text:2: models[1].target "b" leads back to the name itself: a -> b -> a
            { name: a, target: gpt-4o }, { name: a, target: gpt-4o } | text:2: models[1].name "a" is the name of an earlier model; names must be unique
            { target: gpt-4o }               | text:2: models[0] must have a name
            { name: "a b", target: gpt-4o }  | text:2: models[0].name "a b" must be a name of printable ASCII characters without spaces
            { name: a, target: gpt-4o, hiden: true } | text:2: models[0].hiden is not a known key; did you mean "hidden"?
            { name: a, target: gpt-4o, max_input_tokens: -1 } | text:2: models[0].max_input_tokens "-1" must be a whole number of at least 0
            """)
    void shouldRefuse(String models, String message) {
        String yaml = INSTANCES + "models: [" + models + "]";

        assertThat(catchThrowableOfType(InvalidSettingsException.class, () -> parse(yaml)).problems())
                .extracting(Problem::message).containsExactly(message);
    }

    @Test
    void shouldAcceptAnyTargetWhereAnInstanceServesAnyModelOrThereIsNone() throws Exception {
        assertThat(parse("models: [{ name: smart, target: gpt-5 }]").models()).hasSize(1);
        assertThat(parse("instances: [{ name: any, provider_type: generic, api_base: 'http://h' }]\nmodels: [{ name: smart, target: gpt-5 }]")
                .models()).hasSize(1);
    }

    @Test
    void shouldFollowAChainOfNamesAndTakeTheSmallestLimit() throws Exception {
        Settings settings = parse(INSTANCES + """
                models:
                  - { name: team, target: smart, max_input_tokens: 0 }
                  - { name: smart, target: gpt-4o, max_input_tokens: 500 }
                  - { name: gpt-4o, max_input_tokens: 900 }
                """);
        ModelCatalogue catalogue = new ModelCatalogue(settings.models());

        assertThat(catalogue.target("team")).isEqualTo("gpt-4o");
        assertThat(catalogue.maxInputTokens("team")).isEqualTo(500);
        assertThat(catalogue.target("gpt-4o-mini")).isEqualTo("gpt-4o-mini");
        assertThat(catalogue.names(settings.instances())).containsExactly("gpt-4o", "gpt-4o-mini", "smart", "team");
    }

    @Test
    void shouldReadAliasesFromTheEnvironmentAndLayThemOverTheFile() throws Exception {
        Environment environment = new Environment(Map.of("MODEL_ALIASES", "smart = gpt-4o-mini, fast=gpt-4o"), Path.of("/nonexistent"));

        Settings settings = TestSettings.parse(INSTANCES + "models: [{ name: smart, target: gpt-4o, hidden: true }]", environment);

        assertThat(settings.models()).extracting(ModelSettings::name, model -> model.target().orElseThrow(), ModelSettings::hidden)
                .containsExactly(tuple("smart", "gpt-4o-mini", true),
                        tuple("fast", "gpt-4o", false));
    }

    @Test
    void shouldRefuseMalformedAliases() {
        Environment environment = new Environment(Map.of("MODEL_ALIASES", "smart"), Path.of("/nonexistent"));

        assertThatThrownBy(() -> TestSettings.parse(INSTANCES, environment)).isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("MODEL_ALIASES").hasMessageContaining("smart=gpt-4o");
    }

    @Test
    void shouldRefuseAListOfModelsInOneText() {
        Environment variables = new Environment(Map.of("API_INSTANCES", "east", "API_INSTANCE_EAST_API_BASE", "http://h", "API_INSTANCE_EAST_PROVIDER_TYPE", "generic",
                "API_INSTANCE_EAST_SUPPORTED_MODELS", "[\"gpt-4o\",\"o1\"]"), Path.of("/nonexistent"));

        assertThatThrownBy(() -> TestSettings.loader(variables).load()).hasMessageContaining("API_INSTANCE_EAST_SUPPORTED_MODELS",
                "must be the name of a model, without brackets and quotes; separate names by commas, such as gpt-4o,gpt-4o-mini");
        assertThatThrownBy(() -> TestSettings.parse("instances: [{ name: a, api_key: k, api_base: 'http://h', supported_models: '[gpt-4o]' }]", new Environment(Map.of(), Path.of("/nonexistent"))))
                .hasMessageContaining("\"[gpt-4o]\" must be the name of a model");
    }

    @Test
    void shouldReadModelsOfAnOverlayAndOfAJsonFile() throws Exception {
        Path folder = TemporaryFolder.make("models");
        Files.writeString(folder.resolve("azure.json"), """
                { "instances": [{ "name": "east", "endpoint": "https://east.example", "api_key": "k", "supported_models": ["gpt-4o", "o1"] }],
                  "models": [{ "name": "smart", "target": "gpt-4o" }] }
                """);
        Files.writeString(folder.resolve("azure-local.yaml"), "models: [{ name: smart, target: o1 }]");

        Settings settings = TestSettings.loader(new Environment(Map.of("GATEWAY_CONFIG", "azure.json"), folder)).load().settings();

        assertThat(settings.models()).extracting(ModelSettings::target).containsExactly(Optional.of("o1"));
    }

    private static Settings parse(String yaml) throws InvalidSettingsException {
        return TestSettings.parse(yaml, new Environment(Map.of(), Path.of("/nonexistent")));
    }
}
