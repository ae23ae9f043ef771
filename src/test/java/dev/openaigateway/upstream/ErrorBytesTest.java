package dev.openaigateway.upstream;

import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.text.SecretMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorBytesTest {

    private static final String ERROR = "{\"error\":{\"message\":\"%s\",\"type\":\"tokens\",\"param\":\"messages\",\"code\":\"rate_limit_exceeded\"}}";

    private static final String SECRET = "sk-upstream-0123456789abcdef-XYZ";

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e9", "\u4f60", "\ud83d\ude00", "\\u00e9", "\\ud83d\\ude00", "\\n", "\\\\", "\\\"", "a\\\"\u4f60\\u4f60"})
    void shouldKeepTheMembersBehindALongMessage(String piece) throws IOException {
        for (int shift = 0; shift < 7; shift++) {
            String json = (shift == 0 ? "\uFEFF" : "") + ERROR.formatted("a".repeat(shift) + piece.repeat(70_000));

            ErrorBytes read = read(json);

            UpstreamError error = UpstreamError.read(read.bytes());
            assertThat(error.code()).isEqualTo("rate_limit_exceeded");
            assertThat(error.type()).isEqualTo("tokens");
            assertThat(error.param()).isEqualTo("messages");
            assertThat(error.message()).endsWith("...");
            assertThat(Character.isHighSurrogate(error.message().charAt(error.message().length() - 4))).as("half a character").isFalse();
            String whole = Json.MAPPER.readTree(json.getBytes(StandardCharsets.UTF_8)).at("/error/message").asText();
            assertThat(whole).startsWith(error.message().substring(0, error.message().length() - 3));
            assertThat(read.bytes()).hasSizeLessThan(ErrorBytes.MOST_HELD);
            assertThat(read.isComplete()).isTrue();
        }
    }

    @Test
    void shouldChangeNothingUpTo64Kilobytes() throws IOException {
        String json = ERROR.formatted("x".repeat(60_000));

        assertThat(read(json).bytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(read(json).isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad gateway ", "<html>", "{\"a\":1,", "{\"a\":\"b\",", "{"})
    void shouldHoldNoMoreThan64Kilobytes(String piece) throws IOException {
        ErrorBytes read = read(piece.repeat(3_000_000 / piece.length()));

        assertThat(read.bytes()).hasSizeBetween(ErrorBytes.MOST_HELD, ErrorBytes.MOST_HELD + 4);
        assertThat(read.isComplete()).isFalse();
    }

    @Test
    void shouldReadNoMoreThan16Megabytes() throws IOException {
        ErrorBytes read = read(ERROR.formatted("x".repeat(17 * 1024 * 1024)));

        assertThat(read.isComplete()).isFalse();
        assertThat(read.bytes()).hasSizeLessThan(2 * ErrorBytes.LONGEST_STRING);
    }

    /** Also if it is escaped, in a string that does not end, and where the whole is cut. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 12, 20, 30, 31, 32, 33})
    void shouldCutNoSecretInTwo(int before) throws IOException {
        for (String written : new String[] {SECRET, SECRET.replace("-", "\\u002d")}) {
            String string = "x".repeat(ErrorBytes.LONGEST_STRING - before) + written;
            String whole = "x ".repeat(ErrorBytes.MOST_HELD / 2 - before) + written;

            assertThat(text(ERROR.formatted(string + " " + "y".repeat(100_000)))).doesNotContain("sk-", "sk\\u").contains("rate_limit_exceeded");
            assertThat(text(ERROR.formatted(string + "\",\"a\":\"" + " y".repeat(40_000)))).doesNotContain("sk-", "sk\\u").contains("xxx");
            assertThat(text("{\"error\":\"" + string + " " + "y".repeat(17 * 1024 * 1024))).doesNotContain("sk-", "sk\\u");
            assertThat(text(whole + " y".repeat(40_000))).doesNotContain("sk-", "sk\\u");
            assertThat(text("{\"a\":[" + "\"x\",".repeat(ErrorBytes.MOST_HELD / 4 - before) + "\"" + written + "\"" + ",1".repeat(40_000))).doesNotContain("sk-", "sk\\u");
        }
    }

    /** Which a message may show up to its end, if settings allow longer ones than are held. */
    @Test
    void shouldCutNoCharacterInTwo() throws IOException {
        for (int before = 0; before < 4; before++) {
            byte[] bytes = read("a".repeat(before) + "\ud83d\ude00".repeat(50_000)).bytes();

            assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\ufffd");
            assertThat(bytes).hasSizeBetween(ErrorBytes.MOST_HELD - 3, ErrorBytes.MOST_HELD);
        }
    }

    /** As it is shown. */
    private static String text(String body) throws IOException {
        return new SecretMask(List.of(SECRET)).in(new String(read(body).bytes(), StandardCharsets.UTF_8));
    }

    private static ErrorBytes read(String body) throws IOException {
        return ErrorBytes.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), null, new SecretMask(List.of(SECRET))::in);
    }
}
