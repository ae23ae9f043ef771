package dev.openaigateway.openai.body;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

class JsonEditTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "{\"model\":\"m\"}|{}",
        "{ \"model\" : \"m\" }|{  }",
        "{\"model\":\"m\",\"a\":1}|{\"a\":1}",
        "{\"model\":\"m\" , \"a\":1}|{\"a\":1}",
        "{\"a\":1,\"model\":\"m\",\"b\":2}|{\"a\":1,\"b\":2}",
        "{\"a\":1,\"model\":\"m\"}|{\"a\":1}",
        "{\"a\":1 ,  \"model\"  : \"m\" }|{\"a\":1  }",
        "{\"a\":\",\",\"model\":\"m\"}|{\"a\":\",\"}",
        "{\"a\":1}|{\"a\":1}"
    })
    void shouldRemoveTheModel(String before, String after) {
        assertThat(edited(before, JsonEdit::withoutModel)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "{ \"model\" :  \"m\" , \"a\":1e400}|{ \"model\" :  \"new\" , \"a\":1e400}",
        "{\"\\u006dodel\":\"\\u006d\"}|{\"\\u006dodel\":\"new\"}",
        "{}|{\"model\":\"new\"}",
        "{ \"a\":1}|{\"model\":\"new\", \"a\":1}",
        "{\"model\":\"new\"}|{\"model\":\"new\"}",
        "{\"model\":\"\\u006eew\"}|{\"model\":\"\\u006eew\"}"
    })
    void shouldSetTheModel(String before, String after) {
        assertThat(edited(before, edit -> edit.model("new"))).isEqualTo(after);
    }

    @Test
    void shouldEscapeAModelName() {
        assertThat(edited("{\"model\":\"m\"}", edit -> edit.model("a\"\\b\n"))).isEqualTo("{\"model\":\"a\\\"\\\\b\\n\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        "{}|{\"stream_options\":{\"include_usage\":true}}",
        "{\"a\":1}|{\"stream_options\":{\"include_usage\":true},\"a\":1}",
        "{\"stream_options\":null}|{\"stream_options\":{\"include_usage\":true}}",
        "{\"stream_options\": { } }|{\"stream_options\": {\"include_usage\":true } }",
        "{\"stream_options\":{\"include_obfuscation\":false}}|{\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}}",
        "{\"stream_options\":{\"include_usage\":false,\"b\":[1]}}|{\"stream_options\":{\"include_usage\":true,\"b\":[1]}}",
        "{\"stream_options\":{\"include_usage\" : null}}|{\"stream_options\":{\"include_usage\" : true}}",
        "{\"stream_options\":{\"include_usage\":true}}|{\"stream_options\":{\"include_usage\":true}}"
    })
    void shouldRequestUsage(String before, String after) {
        assertThat(edited(before, JsonEdit::requestUsage)).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"model\":\"m\"}|{\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"m\",\"a\":1}|{\"stream_options\":{\"include_usage\":true},\"a\":1}",
        "{\"a\":1,\"model\":\"m\"}|{\"stream_options\":{\"include_usage\":true},\"a\":1}",
        "{\"stream_options\":{},\"model\":\"m\"}|{\"stream_options\":{\"include_usage\":true}}"
    })
    void shouldRemoveTheModelAndRequestUsage(String before, String after) {
        assertThat(edited(before, edit -> edit.withoutModel().requestUsage())).isEqualTo(after);
    }

    @Test
    void shouldReturnTheSameBytesIfNothingChanges() {
        byte[] bytes = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(JsonBodyReader.read(bytes).edit().model("m").bytes()).isSameAs(bytes);
    }

    @Test
    void shouldEditAfterAByteOrderMark() {
        assertThat(edited("\uFEFF{\"a\":1,\"model\":\"m\"}", edit -> edit.model("new"))).isEqualTo("\uFEFF{\"a\":1,\"model\":\"new\"}");
    }

    @Property
    void shouldChangeNothingButTheModel(@ForAll("bodies") String body, @ForAll String name) throws IOException {
        ObjectNode expected = (ObjectNode) JSON.readTree(body);
        expected.put("model", wellFormed(name));

        JsonNode changed = JSON.readTree(edited(body, edit -> edit.model(wellFormed(name))));

        assertThat(changed).isEqualTo(expected);
    }

    @Property
    void shouldLeaveAllOtherBytesUnchanged(@ForAll("bodies") String body) {
        String marked = edited(body, edit -> edit.model("@@"));

        assertThat(marked.replaceFirst("\"@@\"", "\"gpt-\u00e4\"")).isEqualTo(body);
    }

    @Property
    void shouldRemoveNothingButTheModel(@ForAll("bodies") String body) throws IOException {
        ObjectNode expected = (ObjectNode) JSON.readTree(body);
        expected.remove("model");
        ObjectNode withUsage = expected.deepCopy();
        withUsage.putObject("stream_options").put("include_usage", true);

        assertThat(JSON.readTree(edited(body, JsonEdit::withoutModel))).isEqualTo(expected);
        assertThat(JSON.readTree(edited(body, edit -> edit.withoutModel().requestUsage()))).isEqualTo(withUsage);
    }

    /** Objects with one model among other members, with arbitrary blanks in between. */
    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> blank = Arbitraries.of("", " ", "\n", "\t  ", "\r\n");
        Arbitrary<String> value = Arbitraries.of("1", "-0.50", "1e400", "12345678901234567890", "null", "true", "\"\"", "\",\"", "\"\\u00e4\\\"}\"",
                "\"\u65e5\ud83d\ude00\"", "[]", "[{\"model\":\"x\"} , 2]", "{\"model\" : \"y\"}", "\"\\\\\"");
        Arbitrary<List<String>> others = Combinators.combine(blank, blank, value).as((before, after, text) -> before + ":" + after + text)
                .list().ofMaxSize(5);
        return Combinators.combine(others, blank, blank, blank, Arbitraries.integers().between(0, 5)).as((rest, a, b, c, place) -> {
            List<String> members = new java.util.ArrayList<>();
            for (int i = 0; i < rest.size(); i++) {
                members.add("\"key" + i + "\"" + rest.get(i));
            }
            members.add(Math.min(place, members.size()), "\"model\"" + a + ":" + b + "\"gpt-\u00e4\"");
            return a + "{" + b + String.join(c + "," + a, members) + b + "}" + c;
        });
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String edited(String json, UnaryOperator<JsonEdit> change) {
        JsonBody body = JsonBodyReader.read(json.getBytes(StandardCharsets.UTF_8));
        return new String(change.apply(body.edit()).bytes(), StandardCharsets.UTF_8);
    }
}
