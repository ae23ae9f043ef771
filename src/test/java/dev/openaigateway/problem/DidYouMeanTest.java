package dev.openaigateway.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Documents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DidYouMeanTest {

    @ParameterizedTest
    @CsvSource({"property, pretty", "strategy, traces", "timeout, tools", "retries, cors", "b, a", "host, port", "model, mdc"})
    void shouldSuggestNoOtherWord(String wrong, String known) {
        assertThat(DidYouMean.name(wrong, List.of(known))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"prot, port", "tmp, tpm", "instnaces, instances", "=, ==", "gpt-4o-mini, gpt-4o", "exchangeProperty, property", "apibase, api_base", "supportd_model, supported_models", "PORT, port", "A, a", "gpt4o, gpt-4o"})
    void shouldSuggestWhatASlipMeans(String wrong, String known) {
        assertThat(DidYouMean.name(wrong, List.of(known))).contains(known);
    }

    /** A known key in the wrong place is no slip of another, unless they are as near as a slip. */
    @Test
    void shouldSuggestFewKeysOfTheSettingsForStepsOfRules() throws Exception {
        List<String> steps = steps();
        List<String> keys = keys();
        assertThat(steps).hasSizeGreaterThan(50);
        assertThat(keys).hasSizeGreaterThan(80);
        List<String> misleading = steps.stream().filter(step -> !keys.contains(step)).flatMap(step -> DidYouMean.name(step, keys)
                .filter(key -> !step.toLowerCase(Locale.ROOT).contains(key)).map(key -> step + " " + key).stream()).toList();
        assertThat(misleading).hasSizeLessThanOrEqualTo(3);
    }

    /** Each single slip in each of them. */
    @Test
    void shouldFindWhatIsMeantByASlipInAnyName() throws Exception {
        List<String> names = Stream.concat(steps().stream(), keys().stream()).distinct().filter(name -> name.length() > 2).toList();
        for (String name : names) {
            slips(name).filter(slip -> !names.contains(slip)).forEach(slip -> assertThat(DidYouMean.name(slip, List.of(name))).as(slip).contains(name));
        }
    }

    private static Stream<String> slips(String name) {
        return IntStream.range(1, name.length()).boxed().flatMap(i -> Stream.of(name.substring(0, i) + name.substring(i + 1),
                name.substring(0, i) + name.charAt(i) + name.substring(i), name.substring(0, i) + "q" + name.substring(i + 1),
                name.substring(0, i - 1) + name.charAt(i) + name.charAt(i - 1) + name.substring(i + 1)));
    }

    private static List<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        Documents.read(Path.of("docs", "settings.md")).lines().filter(line -> line.startsWith("| `")).forEach(line ->
                keys.addAll(Arrays.stream(line.split("\\|")[1].split("[^a-z_]+")).filter(word -> word.length() > 2).toList()));
        return List.copyOf(keys);
    }

    private static List<String> steps() throws Exception {
        try (InputStream schema = DidYouMeanTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            JsonNode steps = new ObjectMapper().readTree(schema).at("/items/definitions/org.apache.camel.model.ProcessorDefinition/properties");
            TreeSet<String> names = new TreeSet<>();
            steps.fieldNames().forEachRemaining(names::add);
            return List.copyOf(names);
        }
    }
}
