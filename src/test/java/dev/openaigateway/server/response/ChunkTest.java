package dev.openaigateway.server.response;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ChunkTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 15, 16, 17, 255, 256, 4_095, 4_096, 65_535, 65_536, 1_048_575, 1_048_576})
    void shouldHaveItsSizeInHexadecimalDigitsAndLineEnds(int length) {
        byte[] bytes = ("-" + "x".repeat(length) + "-").getBytes(StandardCharsets.US_ASCII);

        String chunk = new String(Chunk.of(bytes, 1, length), StandardCharsets.US_ASCII);

        assertThat(chunk).isEqualTo(Integer.toHexString(length) + "\r\n" + "x".repeat(length) + "\r\n");
    }
}
