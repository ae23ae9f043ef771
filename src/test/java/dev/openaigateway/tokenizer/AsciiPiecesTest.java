package dev.openaigateway.tokenizer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares the pieces found many at a time with those of the splitters, in random texts of characters of all kinds. */
class AsciiPiecesTest {

    private static final String CHARACTERS = "aabcstlrevemdzAAZS0159  \t\u000b\n\n\r''//([{@`~^_!:\u0000\u001c\u007f\u00e9";
    private static final String[] WORDS = {"the", "Word", "URL", "readFile", "it's", "we'll", "\r\n", "\n    ", ");\n", "\n//", "  \n", "12345", "...", " ", "(", "\n\n"};
    private static final int TEXTS = 30_000;

    private final Random random = new Random(1);

    @ParameterizedTest
    @EnumSource(names = {"O200K_BASE", "CL100K_BASE"})
    void shouldFindThePiecesOfTheSplitter(Tokenizer tokenizer) {
        Splitter splitter = tokenizer == Tokenizer.O200K_BASE ? new O200kSplitter() : new Cl100kSplitter();
        AsciiPieces pieces = splitter.ascii();
        long found = 0;
        for (int texts = 0; texts < TEXTS; texts++) {
            byte[] text = text().getBytes(StandardCharsets.UTF_8);
            int to = AsciiBlock.LENGTH - random.nextInt(8);
            int expected = 0;
            for (long starts = pieces.starts(text, 0, to); starts != 0; starts &= starts - 1) {
                expected = splitter.end(text, expected, text.length);
                if (Long.numberOfTrailingZeros(starts) != expected) {
                    assertThat(Long.numberOfTrailingZeros(starts)).as(RandomTexts.escaped(new String(text, StandardCharsets.UTF_8))).isEqualTo(expected);
                }
                found++;
            }
        }
        assertThat(found).isGreaterThan(TEXTS);
    }

    /** A text of at least the length of a block. */
    private String text() {
        StringBuilder text = new StringBuilder();
        int words = random.nextInt(4);
        while (text.length() < AsciiBlock.LENGTH) {
            if (random.nextInt(4) < words) {
                text.append(WORDS[random.nextInt(WORDS.length)]);
            } else {
                // The last characters of the list are rare, since a block ends before what is not ASCII.
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length() - (random.nextInt(20) == 0 ? 0 : 1))));
            }
        }
        return text.toString();
    }
}
