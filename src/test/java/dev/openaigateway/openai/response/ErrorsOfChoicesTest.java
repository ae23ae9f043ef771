package dev.openaigateway.openai.response;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorsOfChoicesTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {
        "{\"choices\":[{\"error\":{\"message\":\"a\",\"b\":[1,{}]},\"x\":1}]}; {\"choices\":[{\"error\":0,\"x\":1}]}",
        "{\"choices\":[{\"error\" : \"\u00e9 \\\"}\" ,\"x\":1}, {\"y\":\"\u20ac\",\"error\":12 }]}; {\"choices\":[{\"error\" : 0 ,\"x\":1}, {\"y\":\"\u20ac\",\"error\":0 }]}",
        "{\"choices\":[{\"error\":true,\"error\":[\"]\"]}]}; {\"choices\":[{\"error\":0,\"error\":0}]}",
        "{\"error\":1,\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]],\"x\":[{\"error\":4}]}; {\"error\":1,\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]],\"x\":[{\"error\":4}]}",
        "\ufeff{\"choices\":[{\"error\":\"a\"}]}; \ufeff{\"choices\":[{\"error\":0}]}",
        "{\"choices\":[{\"error\":{}; 0",
        "{\"choices\":[{\"error\":nothing}]}; 0"
    })
    void shouldChangeNothingElse(String json, String changed) {
        assertThat(ErrorsOfChoices.changeIn(json.getBytes(StandardCharsets.UTF_8), error -> new byte[] {'0'})).asString(StandardCharsets.UTF_8).isEqualTo(changed);
    }

    /** The bytes come in pieces of any length. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {
        "{\"choices\":[{\"error\":{\"message\":\"a\",\"b\":[1,{}]},\"x\":1}]}; {\"choices\":[{\"error\":0,\"x\":1}]}",
        "{\"choices\":[{\"error\":\"\u00e9 \\\"}\",\"x\":1}, {\"y\":\"\u20ac\",\"error\":12}]}; {\"choices\":[{\"error\":0,\"x\":1}, {\"y\":\"\u20ac\",\"error\":0}]}",
        "{\"choices\":[{\"error\":true,\"error\":[\"]\"]}],\"error\":1}; {\"choices\":[{\"error\":0,\"error\":0}],\"error\":1}",
        "{\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]],\"x\":[{\"error\":4}]}; {\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]],\"x\":[{\"error\":4}]}",
        "{\"choices\":[{\"error\":{\"message\":\"a; {\"choices\":[{\"error\":0"
    })
    void shouldChangeNothingElseWhileBytesPass(String json, String changed) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= all.length; length++) {
            PassingErrors errors = new PassingErrors(error -> new byte[] {'0'});
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            for (int at = 0; at < all.length; at += length) {
                byte[] piece = Arrays.copyOfRange(all, at, Math.min(all.length, at + length));
                passed.writeBytes(errors.pass(piece, piece.length));
            }
            passed.writeBytes(errors.rest());
            assertThat(passed.toString(StandardCharsets.UTF_8)).as("pieces of " + length).isEqualTo(changed);
        }
    }

    @Test
    void shouldHoldBackNoMoreThanAPieceOfALongError() {
        PassingErrors errors = new PassingErrors(error -> new byte[error.length]);
        byte[] begin = "{\"choices\":[{\"error\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] text = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        errors.pass(begin, begin.length);
        assertThat(errors.pass(text, text.length)).hasSizeGreaterThan(900_000).containsOnly(0);
        byte[] end = "\"}]}".getBytes(StandardCharsets.UTF_8);
        assertThat(new String(errors.pass(end, end.length), StandardCharsets.UTF_8)).endsWith("}]}");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE", "UTF-32LE"})
    void shouldChangeOtherEncodingsAsAWhole(String charset) throws Exception {
        byte[] json = "{\"choices\":[{\"error\":\"a\"}]}".getBytes(charset);

        assertThat(ErrorsOfChoices.changeIn(json, whole -> new byte[whole.length])).containsOnly(0).hasSize(json.length);
    }
}
