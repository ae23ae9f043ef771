package dev.openaigateway.rules;

import dev.openaigateway.config.load.Problem;
import dev.openaigateway.rules.yaml.WrittenPlaceholders;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

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
