package dev.openaigateway.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class JsonByteWalkerTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {
        "{\"a\" : {\"b\":[{\"c\":\"x:\\\"y\\\":\"}]},\"d\":1}; a@1 b@2 c@4 d@1",
        "{\"\\u0061\\\"\":\"}\",\"\\\\\":2}; a\"@1 \\@1",
        "{\"x0123456789012345678901234567890123456789012345678901234567890123\":1,\"\":2}; @1",
        ":::}}]{:\"a\":\"b; a@1"
    })
    void shouldNameMembersWithTheirDepth(String json, String members) {
        JsonByteWalker walker = new JsonByteWalker();
        List<String> seen = new ArrayList<>();
        for (byte next : json.getBytes(StandardCharsets.UTF_8)) {
            walker.step(next);
            if (walker.member() != null) {
                seen.add(walker.member() + "@" + walker.depth());
            }
        }
        assertThat(String.join(" ", seen)).isEqualTo(members);
    }

    @Test
    void shouldTellTheEndOfAValueFromTheSameBytesInIt() {
        JsonByteWalker walker = new JsonByteWalker();
        StringBuilder ends = new StringBuilder();
        for (byte next : "{\"a\":\"},]\",\"b\":[1,{}]}".getBytes(StandardCharsets.UTF_8)) {
            ends.append(walker.endsMember(next, 1) ? (char) next : '.');
            walker.step(next);
        }
        assertThat(ends).hasToString("..........,..........}");
    }

    @Test
    void shouldAcceptAnyBytes() {
        Random random = new Random(1);
        byte[] likely = "{}[]\":,\\u0a \0\u00e9".getBytes(StandardCharsets.UTF_8);
        JsonByteWalker walker = new JsonByteWalker();
        for (int i = 0; i < 200_000; i++) {
            walker.step(likely[random.nextInt(likely.length)]);
            assertThat(walker.depth()).isNotNegative();
        }
    }
}
