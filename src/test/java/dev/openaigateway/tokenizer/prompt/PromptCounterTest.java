package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PromptCounterTest {

    private static final String WEATHER_TOOL = """
            [{"type": "function", "function": {"name": "get_weather", "description": "Weather of a city", "parameters":
              {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}]""";

    @ParameterizedTest
    @CsvSource({"gpt-5-nano, 8", "gpt-4o, 9", "gpt-4, 9"})
    void shouldCountRecordedGreeting(String model, long expected) {
        assertThat(chat(model, "{'role':'user','content':'Hello!'}")).isEqualTo(expected);
    }

    @Test
    void shouldAddTwoForEachAssistantMessageOfGpt5() {
        // given
        String user = "{'role':'user','content':'Hello!'}";
        String assistant = "{'role':'assistant','content':'Hello!'}";

        // then
        assertThat(chat("gpt-5", user + "," + assistant)).isEqualTo(chat("gpt-5", user + "," + user) + 2);
        assertThat(chat("gpt-4o", user + "," + assistant)).isEqualTo(chat("gpt-4o", user + "," + user));
    }

    /** From recorded calls: the tokens of the tools' JSON, and the tokens billed for the tools. */
    @ParameterizedTest
    @CsvSource({"78, 147", "69, 142"})
    void shouldCountToolsWithinThreeTokensOfRecordedCalls(int jsonTokens, long billed) {
        // given
        String greeting = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]";
        String tools = jsonOf(jsonTokens);

        // when
        long with = count(PromptKind.CHAT, "gpt-4o", "{" + greeting + ",\"tools\":" + tools + "}").prompt();

        // then
        assertThat(with - count(PromptKind.CHAT, "gpt-4o", "{" + greeting + "}").prompt()).isBetween(billed - 3, billed + 3);
    }

    /** A recorded schema of 125 tokens was billed as 93: the estimate is conservative. */
    @Test
    void shouldCountASchemaByItsJson() {
        long counted = count(PromptKind.CHAT, "gpt-4o",
                "{\"messages\":[],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":" + jsonOf(125) + "}}").prompt();

        assertThat(counted - 3).isEqualTo(125).isGreaterThan(93);
    }

    /** A function description with the given number of tokens. */
    private static String jsonOf(int tokens) {
        String json = "[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":\"Weather%s\"}}]";
        String words = "";
        while (Tokenizer.O200K_BASE.count(json.formatted(words)) < tokens) {
            words += " city";
        }
        assertThat(Tokenizer.O200K_BASE.count(json.formatted(words))).isEqualTo(tokens);
        return json.formatted(words);
    }

    @Test
    void shouldAddOneTokenForAName() {
        assertThat(chat("gpt-4o", "{'role':'user','name':'bob','content':'Hello!'}")).isEqualTo(9 + 1 + 1);
    }

    @Test
    void shouldCountTextPartsAsText() {
        assertThat(chat("gpt-4o", "{'role':'user','content':[{'type':'text','text':'Hello!'}]}")).isEqualTo(9);
    }

    @Test
    void shouldCountSpecialTokenAsText() {
        assertThat(chat("gpt-4o", "{'role':'user','content':'<|endoftext|>'}")).isGreaterThan(9);
    }

    @Test
    void shouldResolveEscapesBeforeCounting() {
        assertThat(chat("gpt-4o", "{'role':'user','content':'\\u0048ello\\u0021'}")).isEqualTo(9);
    }

    @Test
    void shouldCountToolsByTheirJsonPlusSeventy() {
        // given
        String compact = "[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"description\":\"Weather of a city\","
                + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}}]";

        // when
        long tokens = count(PromptKind.CHAT, "gpt-4o", "{\"messages\":[],\"tools\":" + WEATHER_TOOL + "}").prompt();

        // then
        assertThat(tokens).isEqualTo(3 + 70 + Tokenizer.O200K_BASE.count(compact));
    }

    @Test
    void shouldCountOnlySchemaOfResponseFormat() {
        assertThat(count(PromptKind.CHAT, "gpt-4o", "{'messages':[],'response_format':{'type':'json_object'}}").prompt()).isEqualTo(3);
        assertThat(count(PromptKind.CHAT, "gpt-4o", "{'messages':[],'response_format':{'type':'json_schema','json_schema':{'a':1}}}")
                .prompt()).isEqualTo(3 + Tokenizer.O200K_BASE.count("{\"a\":1}"));
        assertThat(count(PromptKind.RESPONSES, "gpt-4o", "{'text':{'format':{'type':'json_schema','schema':{'a':1}}},'input':[]}")
                .prompt()).isEqualTo(3 + Tokenizer.O200K_BASE.count("{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'Hello!'", "['Hello!']", "[13225,0]", "[[13225,0]]"})
    void shouldCountPromptInEveryForm(String prompt) {
        assertThat(count(PromptKind.COMPLETIONS, "gpt-4o", "{'prompt':" + prompt + "}").prompt()).isEqualTo(2);
        assertThat(count(PromptKind.EMBEDDINGS, "gpt-4o", "{'input':" + prompt + "}").prompt()).isEqualTo(2);
    }

    @Test
    void shouldEstimateAResponseForEachPrompt() {
        assertThat(count(PromptKind.COMPLETIONS, "gpt-4o", "{'prompt':['a','b'],'n':3,'max_tokens':10}"))
                .isEqualTo(new TokenEstimate(2, 6, OptionalLong.of(10)));
    }

    @Test
    void shouldEstimateNoResponseForEmbeddings() {
        assertThat(count(PromptKind.EMBEDDINGS, "text-embedding-3-small", "{'input':'Hello!','max_tokens':10}"))
                .isEqualTo(new TokenEstimate(2, 0, OptionalLong.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "CHAT        | 'max_completion_tokens':5                     | 5",
        "CHAT        | 'max_tokens':7                                | 7",
        "CHAT        | 'max_completion_tokens':5,'max_tokens':7      | 7",
        "CHAT        | 'max_tokens':7,'max_completion_tokens':5      | 7",
        "CHAT        | 'max_tokens':7,'max_tokens':5                 | 7",
        "CHAT        | 'max_tokens':16000,'max_output_tokens':1      | 16000",
        "CHAT        | 'max_output_tokens':1                         |",
        "COMPLETIONS | 'max_tokens':16000,'max_output_tokens':1      | 16000",
        "RESPONSES   | 'max_output_tokens':9                         | 9",
        "RESPONSES   | 'max_output_tokens':9,'max_tokens':1          | 9",
        "RESPONSES   | 'max_completion_tokens':1                     |"})
    void shouldUseTheLargestMaximumOfTheOperation(PromptKind kind, String fields, Long max) {
        assertThat(count(kind, "gpt-4o", "{" + fields + "}").maxPerChoice())
                .isEqualTo(max == null ? OptionalLong.empty() : OptionalLong.of(max));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'twelve'", "true", "null", "[1]", "{'a':1}", "-1", "'-1'", "-1.0", "-1e3", "0"})
    void shouldIgnoreMaximumThatIsNotANumberAboveZero(String value) {
        assertThat(count(PromptKind.CHAT, "gpt-4o", "{'max_tokens':" + value + ",'messages':[]}"))
                .isEqualTo(new TokenEstimate(3, 1, OptionalLong.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1e3|1000", "1000.0|1000", "'1000'|1000", "999.5|1000", "99999999999999999999|9223372036854775807", "1e999999|9223372036854775807"})
    void shouldReadAMaximumInEveryFormOfANumber(String value, long max) {
        for (String name : new String[] {"max_tokens", "max_completion_tokens"}) {
            assertThat(count(PromptKind.CHAT, "gpt-4o", "{'" + name + "':" + value + "}").maxPerChoice()).hasValue(max);
        }
        assertThat(count(PromptKind.RESPONSES, "gpt-4o", "{'max_output_tokens':" + value + "}").maxPerChoice()).hasValue(max);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"4|4", "4.0|4", "1e3|1000", "'4'|4", "3.5|4", "0|1", "-4|1", "'four'|1", "1e999999|2147483647"})
    void shouldReadTheNumberOfChoicesInEveryForm(String value, long choices) {
        assertThat(count(PromptKind.CHAT, "gpt-4o", "{'n':" + value + "}").choices()).isEqualTo(choices);
        assertThat(count(PromptKind.COMPLETIONS, "gpt-4o", "{'best_of':" + value + "}").choices()).isEqualTo(choices);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{'messages':[{'role'", "{'messages':[{'content':'\\u00"})
    void shouldRefuseBodyThatIsNotAJsonObject(String body) {
        assertThatIllegalArgumentException().isThrownBy(() -> count(PromptKind.CHAT, "gpt-4o", body));
    }

    @Test
    void shouldRefuseTooDeeplyNestedJson() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> count(PromptKind.CHAT, "gpt-4o", "{'messages':" + "[".repeat(100_000) + "]".repeat(100_000) + "}"));
    }

    @Test
    void shouldUseNamedTokenizer() {
        assertThat(PromptCounter.count(PromptKind.EMBEDDINGS, bytes("{'input':'中文字符编码'}"), "gpt-4o", Optional.of("cl100k_base")).prompt())
                .isEqualTo(Tokenizer.CL100K_BASE.count("中文字符编码"))
                .isNotEqualTo(Tokenizer.O200K_BASE.count("中文字符编码"));
    }

    private static long chat(String model, String messages) {
        return count(PromptKind.CHAT, model, "{'messages':[" + messages + "]}").prompt();
    }

    private static TokenEstimate count(PromptKind kind, String model, String body) {
        return PromptCounter.count(kind, bytes(body), model, Optional.empty());
    }

    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
