package dev.openaigateway.tokenizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenizerTest {

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.5-preview", "gpt-5-nano", "o1", "o3-mini", "o4-mini",
            "chatgpt-4o-latest", "openai/gpt-4o", "ft:gpt-4o-mini:acme::1", "DeepSeek-R1", "gpt4o-november"})
    void shouldUseNewerTableForNewerAndUnknownModels(String model) {
        assertThat(Tokenizer.ofModel(model)).isEqualTo(Tokenizer.O200K_BASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4", "gpt-4-turbo", "gpt-4-0613", "gpt-3.5-turbo", "gpt-35-turbo", "text-embedding-3-small",
            "text-embedding-ada-002", "ft:gpt-3.5-turbo:acme::1"})
    void shouldUseOlderTableForOlderModels(String model) {
        assertThat(Tokenizer.ofModel(model)).isEqualTo(Tokenizer.CL100K_BASE);
    }

    @Test
    void shouldNameKnownTokenizersWhenOneIsUnknown() {
        assertThatIllegalArgumentException().isThrownBy(() -> Tokenizer.named("o200k"))
                .withMessage("tokenizer \"o200k\" is not known; known are o200k_base, cl100k_base, p50k_base, r50k_base");
    }
}
