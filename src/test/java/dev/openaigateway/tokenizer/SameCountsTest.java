package dev.openaigateway.tokenizer;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the counts with those of jtokkit, whose patterns are OpenAI's. The system property {@code tokenizer.pieces} sets
 * the number of random pieces for each encoding: {@code mvn test -Dtest=SameCountsTest -DargLine=-Dtokenizer.pieces=10000000}
 * takes about a quarter of an hour.
 */
class SameCountsTest {

    private static final int PIECES = Integer.getInteger("tokenizer.pieces", 40_000);
    private static final long SEED = Long.getLong("tokenizer.seed", 1);
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    @ParameterizedTest
    @EnumSource
    void shouldCountLikeTheReference(Tokenizer tokenizer) {
        Encoding reference = REGISTRY.getEncoding(Tokenizer.names().get(tokenizer.ordinal())).orElseThrow();
        RandomTexts texts = new RandomTexts(SEED);
        for (int pieces = 0; pieces < PIECES; pieces += RandomTexts.PIECES) {
            String text = texts.next();
            // The reference counts half a surrogate pair in one encoding as three bytes, in the others as "?".
            int expected = reference.countTokensOrdinary(RandomTexts.withoutUnpaired(text));
            if (tokenizer.count(text) != expected) {
                assertThat(tokenizer.count(text)).as("seed %s: %s", SEED, RandomTexts.escaped(text)).isEqualTo(expected);
            }
        }
    }
}
