package dev.openaigateway.tokenizer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Numbers have almost a token for each character, four times as many as the estimate for a text of which nothing was counted. */
    @ParameterizedTest
    @ValueSource(ints = {90_000, 98_000, 99_000, 900_000})
    void shouldCountALongTextOfOnePieceAsOneOfManyPieces(int length) {
        String response = "1 x9,".repeat(length / 5);
        CompletionText whole = new CompletionText(Tokenizer.O200K_BASE);
        CompletionText pieces = new CompletionText(Tokenizer.O200K_BASE);

        whole.add(response);
        response.codePoints().forEach(character -> pieces.add(Character.toString(character)));

        assertThat(whole.tokens()).isEqualTo(pieces.tokens()).isGreaterThanOrEqualTo(length * 4L / 5);
    }
}
