package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JsonBodyReaderTest {

    @Test
    void shouldReadTheFieldsOfRouting() {
        JsonBody body = read("""
                {"messages":[{"role":"user","content":"{\\"model\\":\\"inner\\"}","model":"deeper"}], "model" : "gpt-4o",
                 "stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":50,"n":3}""");

        assertThat(body.model()).isEqualTo("gpt-4o");
        assertThat(body.stream()).isTrue();
        assertThat(body.usageRequested()).isTrue();
        assertThat(body.maxTokens()).isEqualTo(50);
        assertThat(body.choices()).isEqualTo(3);
    }

    @Test
    void shouldAcceptAnEmptyObject() {
        JsonBody body = read("{}");

        assertThat(body.model()).isNull();
        assertThat(body.stream()).isFalse();
        assertThat(body.usageRequested()).isFalse();
        assertThat(body.maxTokens()).isZero();
        assertThat(body.choices()).isEqualTo(1);
    }

    @Test
    void shouldDecodeEscapesInTheModel() {
        assertThat(read("{\"\\u006dodel\":\"gpt\\u002d4o\"}").model()).isEqualTo("gpt-4o");
    }

    @Test
    void shouldPreferMaxCompletionTokens() {
        assertThat(read("{\"max_tokens\":9,\"max_completion_tokens\":5}").maxTokens()).isEqualTo(5);
        assertThat(read("{\"max_tokens\":9,\"max_completion_tokens\":null}").maxTokens()).isEqualTo(9);
        assertThat(read("{\"max_output_tokens\":7}").maxTokens()).isEqualTo(7);
    }

    @Test
    void shouldTakeANullMaximumForNone() {
        assertThat(read("{\"max_completion_tokens\":5,\"max_output_tokens\":null}").maxTokens()).isEqualTo(5);
        assertThat(read("{\"max_completion_tokens\":null,\"max_output_tokens\":7}").maxTokens()).isEqualTo(7);
        assertThat(read("{\"max_completion_tokens\":null,\"max_output_tokens\":null}").maxTokens()).isZero();
        assertThat(refused("{\"max_completion_tokens\":5,\"max_output_tokens\":7}").code()).isEqualTo("duplicate_parameter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-1|0", "\"12\"|12", "\"x\"|0", "\"1e3\"|1000", "1.5|2", "4.0|4", "1e3|1000", "1e10|2147483647", "1e999999|2147483647", "null|0", "true|0", "[1]|0", "{\"a\":1}|0", "-99999999999|0", "-123456789012345678901234567890|0",
        "2147483647|2147483647", "99999999999|2147483647", "123456789012345678901234567890|2147483647"
    })
    void shouldTolerateOddLimits(String given, long read) {
        assertThat(read("{\"max_tokens\":" + given + ",\"model\":\"m\"}").maxTokens()).isEqualTo(read);
        assertThat(read("{\"n\":" + given + ",\"model\":\"m\"}").choices()).isEqualTo(Math.max(1, read));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "stream", "stream_options", "max_tokens", "n"})
    void shouldRefuseARepeatedRoutingMember(String name) {
        String member = "\"" + name + "\":" + (name.equals("model") ? "\"a\"" : "null");

        ApiError error = refused("{" + member + ",\"x\":1," + member + "}");

        assertThat(error.param()).isEqualTo(name);
        assertThat(error.code()).isEqualTo("duplicate_parameter");
    }

    @Test
    void shouldRefuseARepeatedModelWrittenWithEscapes() {
        assertThat(refused("{\"model\":\"a\",\"m\\u006fdel\":\"b\"}").param()).isEqualTo("model");
    }

    @Test
    void shouldRefuseARepeatedIncludeUsage() {
        assertThat(refused("{\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}").param())
                .isEqualTo("stream_options.include_usage");
    }

    @Test
    void shouldAllowOtherMembersToBeRepeated() {
        assertThat(read("{\"seed\":1,\"seed\":2,\"model\":\"m\"}").model()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"model\":5}|model|a string", "{\"model\":[\"m\"]}|model|a string",
        "{\"stream\":\"true\"}|stream|a boolean", "{\"stream\":1}|stream|a boolean", "{\"stream\":{}}|stream|a boolean",
        "{\"stream_options\":true}|stream_options|an object", "{\"stream_options\":[]}|stream_options|an object",
        "{\"stream_options\":{\"include_usage\":1}}|stream_options.include_usage|a boolean"
    })
    void shouldRefuseAWrongType(String json, String param, String expected) {
        ApiError error = refused(json);

        assertThat(error.param()).isEqualTo(param);
        assertThat(error.code()).isEqualTo("invalid_type");
        assertThat(error.message()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "\"model\"", "null", "{", "{\"model\":\"m\"", "{\"model\":\"m\"}}", "{\"model\":\"m\"} x",
        "{'model':'m'}", "{model:1}", "{\"model\":\"m\",}", "{\"a\":01}", "{\"a\":NaN}", "{\"a\":\"\n\"}", "// c\n{}"})
    void shouldRefuseTextThatIsNotAJsonObject(String text) {
        assertThat(refused(text).message()).startsWith("We could not parse the JSON body of your request.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void shouldRefuseOtherEncodings(String charset) {
        byte[] bytes = "{\"model\":\"gpt-4o\",\"messages\":[]}".getBytes(Charset.forName(charset));

        assertThat(refused(bytes).message()).contains("UTF-8");
    }

    @Test
    void shouldRefuseBytesThatAreNotUtf8() {
        byte[] latin = "{\"model\":\"m\",\"user\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refused(latin).status()).isEqualTo(400);
    }

    @Test
    void shouldRefuseTooDeepNesting() {
        String deep = "{\"model\":\"m\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(refused(deep).status()).isEqualTo(400);
        assertThat(refused(deep).message()).contains("more than 1,000 levels");
    }

    @Test
    void shouldNotRepeatTheBodyInAnError() {
        assertThat(refused("{\"model\":\"m\",\"secret prompt\" oops}").message()).doesNotContain("secret").contains("column");
    }

    private static JsonBody read(String json) {
        return JsonBodyReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiError refused(String json) {
        return refused(json.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiError refused(byte[] bytes) {
        ApiException thrown = catchThrowableOfType(ApiException.class, () -> JsonBodyReader.read(bytes));
        assertThat(thrown).as("refusal").isNotNull();
        assertThat(thrown.error().status()).isEqualTo(400);
        return thrown.error();
    }
}
