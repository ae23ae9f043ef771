package dev.openaigateway.tokenizer;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class WordCountsTest {

    @Property(tries = 2000)
    void shouldCountLikeTheTokenizer(@ForAll("texts") String text, @ForAll Tokenizer tokenizer) {
        assertThat(tokenizer.count(text)).isEqualTo(tokenizer.countUncached(text));
    }

    /** Pieces that produce every kind of boundary between two words. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "B", "the", "THE", "Word", "we'll", "'s", "don't", " ", "  ", "\n", " \n", "\t", "1", "12345", ".", "!?",
                "-", "_", "\"", "é", "e\u0301", "ß", "日本", "語 ", "😀", "\u200d", "\u00a0", "ǅ", "<|endoftext|>",
                "word word", "extraordinarilylongwordthatisnowhere")
                .list().ofMaxSize(20).map(pieces -> String.join("", pieces));
    }

    @Test
    void shouldTokenizeAWordOnce() {
        List<String> requested = new ArrayList<>();
        WordCounts words = new WordCounts(word -> {
            requested.add(word);
            return word.length();
        });

        assertThat(words.count("the cat and the dog")).isEqualTo(19);
        assertThat(words.count("a cat and the dog")).isEqualTo(17);

        assertThat(requested).containsExactly("the", " cat", " and", " the", " dog", "a");
    }

    @Test
    void shouldNotCacheLongWords() {
        List<String> requested = new ArrayList<>();
        WordCounts words = new WordCounts(word -> {
            requested.add(word);
            return 1;
        });

        words.count("x".repeat(33));
        words.count("x".repeat(33));
        words.count("");

        assertThat(requested).hasSize(2);
    }
}
