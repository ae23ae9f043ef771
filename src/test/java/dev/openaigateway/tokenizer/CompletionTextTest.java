package dev.openaigateway.tokenizer;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionTextTest {

    @Test
    void shouldCountTextCutAnywhereAsOneText() {
        // given
        String response = "Photosynthesis turns light into sugar. ".repeat(20);
        CompletionText text = new CompletionText(Tokenizer.O200K_BASE);

        // when
        for (int at = 0; at < response.length(); at += 3) {
            text.add(response.substring(at, Math.min(at + 3, response.length())));
        }

        // then
        assertThat(text.tokens()).isEqualTo(Tokenizer.O200K_BASE.count(response));
    }

    @Test
    void shouldKeepOnlyTheHeadOfALongResponse() {
        // given
        CompletionText text = new CompletionText(Tokenizer.O200K_BASE);

        // when
        for (int i = 0; i < 100_000; i++) {
            text.add("word word ");
        }

        // then
        assertThat(text.tokens()).isBetween(200_000L, 260_000L);
    }
}
