package dev.openaigateway.openai.response.errors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorRewriterTest {

    private static final UnaryOperator<byte[]> TO_ZERO = error -> new byte[] {'0'};

    /** As a whole, and while the bytes pass in pieces of any length. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {
        "{\"choices\":[{\"error\":{\"message\":\"a\",\"b\":[1,{}]},\"x\":1}]}; {\"choices\":[{\"error\":0,\"x\":1}]}",
        "{\"choices\":[{\"error\" : \"\u00e9 \\\"}\" ,\"x\":1}, {\"y\":\"\u20ac\",\"error\":12 }]}; {\"choices\":[{\"error\" : 0 ,\"x\":1}, {\"y\":\"\u20ac\",\"error\":0 }]}",
        "{\"choices\":[{\"error\":true,\"error\":[\"]\"]}]}; {\"choices\":[{\"error\":0,\"error\":0}]}",
        "{\"error\":1,\"choices\":[{\"message\":{\"error\":2}},[{\"error\":3}]]}; {\"error\":0,\"choices\":[{\"message\":{\"error\":0}},[{\"error\":3}]]}",
        "{\"choices\":[{\"message\":{\"content\":[{\"error\":2}],\"tool_calls\":[{\"error\":{}}],\"x\":{\"my_error\":2}},\"text\":\"error\"}]}; {\"choices\":[{\"message\":{\"content\":[{\"error\":2}],\"tool_calls\":[{\"error\":{}}],\"x\":{\"my_error\":0}},\"text\":\"error\"}]}",
        "{\"choices\":[{\"\\u0065rror\":{\"x\\\\\":\"\\u007d\"},\"error\\u0020\":\"a\"}]}; {\"choices\":[{\"\\u0065rror\":0,\"error\\u0020\":0}]}",
        "{\"choices\":[{\"error\":1}],\"usage\":{\"a\":2},\"x\":[{\"error\":4}],\"provider\":{\"b\":\"c\"}}; {\"choices\":[{\"error\":0}],\"usage\":{\"a\":2},\"x\":0,\"provider\":0}",
        "{\"choices\":[{\"error\":1}],\"choices\":[{\"error\":2}],\"provider_error\":5}; {\"choices\":[{\"error\":0}],\"choices\":[{\"error\":0}],\"provider_error\":0}",
        "{\"choices\":[{\"choices\":[{\"a\":1,\"error\":2}]}]}; {\"choices\":[{\"choices\":[{\"a\":1,\"error\":0}]}]}",
        "{\"response\":{\"output\":[{\"error\":1}],\"error\":{\"a\":1},\"x\":2},\"error\":3}; {\"response\":{\"output\":[{\"error\":0}],\"error\":0,\"x\":2},\"error\":0}",
        "{\"item\":{\"action\":{\"error\":1},\"error\":\"a\"},\"part\":{\"error\":2},\"delta\":\"a\"}; {\"item\":{\"action\":{\"error\":1},\"error\":0},\"part\":{\"error\":2},\"delta\":\"a\"}",
        "{\"output\":[{\"content\":[{\"error\":1}],\"error\":2},[{\"error\":3}]],\"tools\":{\"x\":1}}; {\"output\":[{\"content\":[{\"error\":1}],\"error\":0},[{\"error\":3}]],\"tools\":{\"x\":1}}",
        "{\"usage\":{\"error\":1},\"choices\":{\"a\":{\"error\":1}}}; {\"usage\":{\"error\":1},\"choices\":{\"a\":{\"error\":1}}}",
        "\ufeff{\"choices\":[{\"error\":\"a\"}]}; \ufeff{\"choices\":[{\"error\":0}]}"
    })
    void shouldChangeErrorsAndNothingElse(String json, String changed) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);

        assertThat(ErrorRewriter.rewrite(all, false, TO_ZERO)).asString(StandardCharsets.UTF_8).isEqualTo(changed);
        for (int length = 1; length <= all.length; length++) {
            assertThat(passed(all, length, TO_ZERO)).as("pieces of " + length).isEqualTo(changed);
        }
    }

    /** A failure that has not come yet cannot be known: good responses have such members, such as links that the answer refers to. */
    @Test
    void shouldChangeOtherMembersOfTheRootOnlyAfterAFailureWhileBytesPass() {
        byte[] good = "{\"links\":[1],\"choices\":[{\"error\":null},{\"error\":{\"code\":0,\"message\":\"success\"}}],\"more\":[2]}".getBytes(StandardCharsets.UTF_8);

        assertThat(passed(good, 7, error -> error)).isEqualTo(new String(good, StandardCharsets.UTF_8));
        assertThat(passed(good, 7, TO_ZERO)).isEqualTo("{\"links\":[1],\"choices\":[{\"error\":0},{\"error\":0}],\"more\":[2]}");
    }

    /** Of each string that is no error's, also of a name, but not of what a model has generated. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', value = {
        "{\"id\" : \"key\" ,\"an_error\":{},\"choices\":[{\"x\":1,\"error\":1}],\"more\":[2]}; {\"id\" : \"*\" ,\"an_error\":0,\"choices\":[{\"x\":1,\"error\":0}],\"more\":0}",
        "{\"a key\":\"\\\"key\\\"\",\"usage\":{\"x\":[\"key\"]},\"b\":{\"key\":\"key\"}}; {\"a *\":\"\\\"*\\\"\",\"usage\":{\"x\":[\"*\"]},\"b\":{\"*\":\"*\"}}",
        "{\"choices\":[{\"delta\":{\"content\":\"key\",\"key\":\"key\"},\"note\":\"key\",\"key\":1},{\"warnings\":[{\"a\":\"key\"}]}]}; {\"choices\":[{\"delta\":{\"content\":\"key\",\"key\":\"key\"},\"note\":\"*\",\"*\":1},{\"warnings\":[{\"a\":\"*\"}]}]}",
        "{\"choices\":[{\"text\":\"key\",\"logprobs\":[\"key\"],\"finish_reason\":\"key\"},{\"message\":{\"tool_calls\":[\"key\"]}}],\"z\":\"key\"}; {\"choices\":[{\"text\":\"key\",\"logprobs\":[\"key\"],\"finish_reason\":\"*\"},{\"message\":{\"tool_calls\":[\"key\"]}}],\"z\":\"*\"}",
        "{\"delta\":\"key\",\"choices\":[\"key\",[\"key\"]]}; {\"delta\":\"key\",\"choices\":[\"key\",[\"key\"]]}"
    })
    void shouldMakeAnotherChangeOfOtherTexts(String json, String changed) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);
        UnaryOperator<byte[]> early = text -> new String(text, StandardCharsets.UTF_8).replace("key", "*").getBytes(StandardCharsets.UTF_8);

        for (int length = 1; length <= all.length; length++) {
            assertThat(passed(all, length, new ErrorRewriter(TO_ZERO, early))).isEqualTo(changed);
        }
    }

    /** Such as the lines behind it in an event. */
    @Test
    void shouldChangeWhatFollowsTheJson() {
        byte[] json = "{\"a\":[\"}\"]} \nid: {\"error\":1}\n\n".getBytes(StandardCharsets.UTF_8);

        assertThat(passed(json, 5, TO_ZERO)).isEqualTo("{\"a\":[\"}\"]} \n0\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":[{\"error\":{}", "{\"choices\":[{\"error\":\"a"})
    void shouldChangeWhatIsNotWhole(String json) {
        byte[] all = json.getBytes(StandardCharsets.UTF_8);

        assertThat(ErrorRewriter.rewrite(all, false, TO_ZERO)).asString(StandardCharsets.UTF_8).isEqualTo("0");
        assertThat(passed(all, 3, TO_ZERO)).isEqualTo("{\"choices\":[{\"error\":0");
    }

    @ParameterizedTest
    @CsvSource({"UTF-16BE", "UTF-32LE"})
    void shouldChangeOtherEncodingsAsAWhole(String charset) throws Exception {
        byte[] json = "{\"choices\":[{\"error\":\"a\"}]}".getBytes(charset);

        assertThat(ErrorRewriter.rewrite(json, false, whole -> new byte[whole.length])).containsOnly(0).hasSize(json.length);
    }

    @Test
    void shouldHoldBackNoMoreThanAPieceOfALongError() {
        ErrorRewriter errors = new ErrorRewriter(error -> new byte[error.length], null);
        byte[] begin = "{\"choices\":[{\"error\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] text = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);

        errors.pass(begin, begin.length);
        assertThat(errors.pass(text, text.length)).hasSizeGreaterThan(900_000).containsOnly(0);
        byte[] end = "\"}]}".getBytes(StandardCharsets.UTF_8);
        assertThat(new String(errors.pass(end, end.length), StandardCharsets.UTF_8)).endsWith("}]}");
    }

    /** Wherever a secret is in the error, also where it is across the end of a piece. */
    @ParameterizedTest
    @ValueSource(ints = {0, 16_000, 16_379, 49_140, 65_500, 65_530, 65_535, 114_680})
    void shouldChangeASecretAtTheEdgeOfAPiece(int before) {
        String secret = "\\u0073ecret-of-the-upstream";
        String padding = "x".repeat(before) + (secret + " ".repeat(60)).repeat(500);
        byte[] json = ("{\"choices\":[{\"error\":\"" + padding + "\"}],\"a\":1}").getBytes(StandardCharsets.UTF_8);
        UnaryOperator<byte[]> mask = text -> new String(text, StandardCharsets.ISO_8859_1).replace(secret, "****").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(passed(json, 8192, mask)).isEqualTo(new String(json, StandardCharsets.UTF_8).replace(secret, "****"));
        assertThat(ErrorRewriter.rewrite(json, false, mask)).asString(StandardCharsets.UTF_8).isEqualTo(new String(json, StandardCharsets.UTF_8).replace(secret, "****"));
    }

    private static String passed(byte[] json, int length, UnaryOperator<byte[]> change) {
        return passed(json, length, new ErrorRewriter(change, null));
    }

    private static String passed(byte[] json, int length, ErrorRewriter errors) {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (int at = 0; at < json.length; at += length) {
            byte[] piece = Arrays.copyOfRange(json, at, Math.min(json.length, at + length));
            passed.writeBytes(errors.pass(piece, piece.length));
        }
        passed.writeBytes(errors.rest());
        return passed.toString(StandardCharsets.UTF_8);
    }
}
