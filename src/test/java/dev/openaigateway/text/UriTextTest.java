package dev.openaigateway.text;

import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class UriTextTest {

    @Test
    void shouldReadEachCharacterAsItWasWritten() {
        String all = IntStream.rangeClosed(0, Character.MAX_VALUE).mapToObj(at -> "" + (char) at).collect(Collectors.joining());

        assertThat(UriText.written(UriText.escaped(all + "R" + all))).isEqualTo(all + "R" + all);
    }

    @Test
    void shouldKeepWhatNoRuleHasWritten() {
        String escaped = UriText.escaped("#");
        for (String text : new String[] {"", "\uE0000023", escaped.substring(1), escaped.substring(0, escaped.length() - 1)}) {
            assertThat(UriText.written(text)).isEqualTo(text);
        }
        assertThat(UriText.isMarked("a" + escaped)).isTrue();
        assertThat(UriText.isMarked("\uE0000023")).isFalse();
    }
}
