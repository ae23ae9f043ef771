package dev.openaigateway.rules;

import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.WrittenPlaceholders;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Values of placeholders in problems and in what is shown of requests. */
class HiddenPlaceholdersTest {

    private final CamelContext context = CheckedRules.context();

    private WrittenPlaceholders in(String text) {
        context.getPropertiesComponent().addInitialProperty("pool", "east");
        context.getPropertiesComponent().addInitialProperty("code", "429");
        context.getPropertiesComponent().addInitialProperty("part", "one-ast");
        context.getPropertiesComponent().addInitialProperty("password", "hunter2pass");
        return WrittenPlaceholders.in(List.of(text), context);
    }

    @Test
    void shouldNotSuggestAHiddenName() {
        Problem problem = new Problem("", "names instance", Optional.of("eastx"), "which is not configured", Optional.of("east"));

        assertThat(in("instance:{{pool}}x").of(problem).nearest()).isEmpty();
        assertThat(in("instance:eastx").of(problem).nearest()).contains("east");
    }

    @Test
    void shouldHideAPartOfAValue() {
        Problem problem = new Problem("", "uses function", Optional.of("ast"), "which jq does not have in \".a | one-ast\"", Optional.empty());

        assertThat(in(".a | {{part}}").of(problem).message()).contains("\"{{part}}\" which jq does not have in \".a | {{part}}\"").doesNotContain("ast");
    }

    /** The value has no boundary in the text then, so the whole word is shown as it is written. */
    @ParameterizedTest
    @ValueSource(strings = {"4{{code}}", "{{code}}x", "{{code}}{{code}}", "a{{pool}}b{{code}}c", "reject:4{{code}}/x{{pool}}"})
    void shouldShowAWordAsItIsWritten(String text) {
        WrittenPlaceholders placeholders = in("to: " + text);
        String resolved = context.resolvePropertyPlaceholders(text);
        Problem problem = new Problem("", "sends to", Optional.of(resolved), "which is not in \"" + resolved + "\"", Optional.empty());

        assertThat(placeholders.of(problem).message()).isEqualTo(": sends to \"" + text + "\" which is not in \"" + text + "\"");
    }

    @Test
    void shouldHideALongValueAnywhere() {
        assertThat(in("{{password}}").of("in URL http://xhunter2passy")).isEqualTo("in URL http://x{{password}}y");
        assertThat(in("{{pool}}").of("the northeastern one")).isEqualTo("the northeastern one");
    }

    @Test
    void shouldHideTheBeginningOfALongValue() {
        Problem problem = new Problem("", "cannot be started:", Optional.of("hunter"), "For input string: \"hunter\"", Optional.empty());

        assertThat(in("{{password}}").of(problem).message()).isEqualTo(": cannot be started: \"{{password}}\" For input string: \"{{password}}\"");
        assertThat(in("hunter: {{password}}").of(problem).message()).isEqualTo(problem.message());
    }

    @Test
    void shouldHideAValueAfterBracesThatBeginNoPlaceholder() {
        assertThat(in("\\{{ is a text, and {{pool}} is not").of("sends to east")).isEqualTo("sends to {{pool}}");
        assertThat(in("a quote holds '{{', then {{pool}}").of("sends to east")).isEqualTo("sends to {{pool}}");
    }

    @Test
    void shouldHideWhatMayBeASecret() {
        assertThat(in("{{pool}} {{code}}").hiding("east and 429")).isEqualTo("{{pool}} and 429");
        assertThat(in("{{pool}} instance:east").hiding("east")).isEqualTo("east");
    }
}
