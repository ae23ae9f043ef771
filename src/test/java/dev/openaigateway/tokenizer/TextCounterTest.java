package dev.openaigateway.tokenizer;

import dev.openaigateway.json.Utf8;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

class TextCounterTest {

    private static final String PROSE = " The quick brown fox jumps over the lazy dog, and nobody knows why it does so.";

    @Test
    void shouldCountExactlyUpToTheBound() {
        // given
        String text = PROSE.repeat(1500).substring(0, TextCounter.EXACT_BYTES);
        TextCounter counter = new TextCounter(Tokenizer.O200K_BASE);

        // when
        counter.add(text);

        // then
        assertThat(counter.tokens()).isEqualTo(Tokenizer.O200K_BASE.count(text));
    }

    @Test
    void shouldEstimateRestOfProseAtAQuarterPerByteOrMore() {
        // given
        String text = PROSE.repeat(12_000);
        TextCounter counter = new TextCounter(Tokenizer.O200K_BASE);

        // when
        counter.add(text);

        // then
        assertThat(counter.tokens()).isBetween((long) Tokenizer.O200K_BASE.count(text), (long) (text.length() * 0.28));
    }

    @Test
    void shouldEstimateRestAtOnePointTwoTimesTheSeenRatio() {
        // given
        String codes = "Zq7 kx9w reason ".repeat(30_000);
        TextCounter counter = new TextCounter(Tokenizer.O200K_BASE);

        // when
        counter.add(codes);

        // then
        double head = Tokenizer.O200K_BASE.count(codes.substring(0, TextCounter.EXACT_BYTES));
        double rest = codes.length() - TextCounter.EXACT_BYTES;
        assertThat((double) counter.tokens()).isCloseTo(head + rest * Math.min(1, 1.2 * head / TextCounter.EXACT_BYTES),
                within(20.0));
    }

    @Test
    void shouldShareExactPartAmongAllTexts() {
        // given
        TextCounter whole = new TextCounter(Tokenizer.O200K_BASE);
        TextCounter parts = new TextCounter(Tokenizer.O200K_BASE);

        // when
        whole.add(PROSE.repeat(6000));
        for (int i = 0; i < 6000; i++) {
            parts.add(PROSE);
        }

        // then
        assertThat((double) parts.tokens()).isCloseTo((double) whole.tokens(), withinPercentage(1));
    }

    @Test
    void shouldNeverCountMoreTokensThanBytes() {
        // given
        TextCounter counter = new TextCounter(Tokenizer.O200K_BASE);

        // when
        counter.add("\u0001\u0002\u0003".repeat(300_000));

        // then
        assertThat(counter.tokens()).isLessThanOrEqualTo(900_000);
    }

    @Test
    void shouldCutLongPiecesOnly() {
        // given
        String run = "hello".repeat(1000);

        // then
        assertThat(Tokenizer.O200K_BASE.count(run)).isEqualTo(
                Tokenizer.O200K_BASE.count(run.substring(0, 4096)) + Tokenizer.O200K_BASE.count(run.substring(4096)));
    }

    @Test
    void shouldCutNoCharacterInTwo() {
        // given
        String faces = "\uD83D\uDE00".repeat(3);

        // then
        assertThat(Utf8.prefix(faces, 5)).isEqualTo("\uD83D\uDE00");
        assertThat(Utf8.prefix(faces, 6)).isEqualTo("\uD83D\uDE00");
        assertThat(Utf8.prefix(faces, 8)).isEqualTo("\uD83D\uDE00".repeat(2));
        assertThat(Utf8.length(faces)).isEqualTo(12);
    }
}
