package dev.openaigateway.openai.usage;

import dev.openaigateway.openai.Usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class UsageTapTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10_000})
    void shouldFindUsageForAnyPieceSize(int size) {
        String json = "{\"data\":[{\"embedding\":[0.1,-2e5]},{\"usage\":{\"prompt_tokens\":99}}],\"t\":\"\\\"usage\\\":{\\\\\",\"v\":\"usage\","
                + "\"usage\" : {\"prompt_tokens\":7,\"details\":{\"x\":\"}\"},\"completion_tokens\":2},\"z\":{\"a\":1}}";

        assertThat(found(json, size)).isEqualTo(new Usage(7, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"usage\":{\"prompt_tokens\":1}}}", "{\"usage\":null}", "{\"usages\":{\"prompt_tokens\":1}}", "{\"usag\\u0065x\":{}}",
        "", "{\"usage\":{\"prompt_tokens\":1", "{\"a\":\"usage\",\"b\":{\"prompt_tokens\":1}}"})
    void shouldFindNothingElse(String json) {
        assertThat(found(json, 5)).isNull();
    }

    @Test
    void shouldIgnoreAnEndlessUsage() {
        assertThat(found("{\"usage\":{\"x\":\"" + "y".repeat(200_000) + "\"}}", 8192)).isNull();
    }

    private static Usage found(String json, int pieceSize) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);
        UsageTap tap = new UsageTap();
        for (int from = 0; from < all.length; from += pieceSize) {
            byte[] piece = Arrays.copyOfRange(all, from, Math.min(from + pieceSize, all.length));
            tap.see(piece, piece.length);
        }
        return tap.found();
    }
}
