package dev.openaigateway.tokens;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionTextTest {

    @Test
    void shouldCountTextCutAnywhereAsOneText() {
        // given
        String answer = "Photosynthesis turns light into sugar. ".repeat(20);
        CompletionText text = new CompletionText(Tokenizer.O200K_BASE);

        // when
        for (int at = 0; at < answer.length(); at += 3) {
            text.add(answer.substring(at, Math.min(at + 3, answer.length())));
        }

        // then
        assertThat(text.tokens()).isEqualTo(Tokenizer.O200K_BASE.count(answer));
    }

    @Test
    void shouldKeepOnlyTheHeadOfALongAnswer() {
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
