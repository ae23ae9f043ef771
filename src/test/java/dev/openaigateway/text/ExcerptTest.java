package dev.openaigateway.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExcerptTest {

    @ParameterizedTest
    @CsvSource({"abc,3,abc", "abc,2,ab", "abc,0,''", "a\ud83d\ude00b,2,a", "a\ud83d\ude00b,3,a\ud83d\ude00", "\ud83d\ude00,1,''"})
    void shouldCutBetweenCharacters(String text, int most, String expected) {
        assertThat(Excerpt.of(text, most)).isEqualTo(expected);
        assertThat(Excerpt.marked(text, most)).isEqualTo(expected.equals(text) ? text : expected + "...");
    }

    @ParameterizedTest
    @CsvSource({"a\u20acb,5,a\u20acb", "a\u20acb,4,a\u20ac...", "a\u20acb,3,a...", "a\u20acb,1,a...", "\ud83d\ude00,3,...", "\ud83d\ude00,0,..."})
    void shouldCutBytesBetweenCharacters(String text, int most, String expected) {
        assertThat(Excerpt.markedBytes(text, most)).isEqualTo(expected);
    }

    @Test
    void shouldTakeNothingForNothing() {
        assertThat(Excerpt.of(null, 1)).isNull();
        assertThat(Excerpt.marked(null, 1)).isNull();
    }

    @Test
    void shouldPrintNoControlCharacters() {
        assertThat(Excerpt.printable("a\r\n\u0007b")).isEqualTo("a???b");
        assertThat(Excerpt.printable("a".repeat(101))).isEqualTo("a".repeat(100) + "...");
    }
}
