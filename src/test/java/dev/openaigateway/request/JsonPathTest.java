package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class JsonPathTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"a\":1}                       | a   | {}",
        "{ \"a\" : 1 , \"b\":2 }         | a   | { \"b\":2 }",
        "{\"b\":2 , \"a\":[1,{\"a\":2}]} | a   | {\"b\":2 }",
        "{\"b\":2,\"a\":1,\"a\":3}       | a   | {\"b\":2}",
        "{\"a\":1,\"a\":3,\"b\":2}       | a   | {\"b\":2}",
        "{\"a\":{\"b\":1,\"c\":2}}       | a.b | {\"a\":{\"c\":2}}",
        "{\"a\":[{\"b\":1}]}             | a.b | {\"a\":[{\"b\":1}]}",
        "{\"b\":\"€ \\\" a\",\"\\u0061\":1} | a | {\"b\":\"€ \\\" a\"}",
        "{}                              | a   | {}"})
    void shouldRemoveEachOccurrenceWithOneComma(String json, String path, String expected) {
        assertThat(text(JsonPath.of(path).remove(bytes(json)))).isEqualTo(expected);
    }

    @Property(tries = 300)
    void shouldSetAndRemoveLikeATree(@ForAll("objects") ObjectNode object, @ForAll("paths") String path) throws IOException {
        byte[] json = bytes(object.toPrettyString());
        JsonPath member = JsonPath.of(path);

        byte[] set = member.change(json, before -> "\"new\"", "\"new\"");
        assertThat(JSON.readTree(set).at("/" + path.replace('.', '/')).asText()).isEqualTo("new");
        JsonNode removed = JSON.readTree(member.remove(set));
        assertThat(removed.at("/" + path.replace('.', '/')).isMissingNode()).isTrue();
        assertThat(text(member.change(json, before -> before, null))).isEqualTo(object.toPrettyString());
        object.fieldNames().forEachRemaining(name -> {
            if (!name.equals(path.split("\\.")[0])) {
                assertThat(removed.get(name)).isEqualTo(object.get(name));
            }
        });
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "a.b", "b.a", "a.b.c", "é");
    }

    @Provide
    Arbitrary<ObjectNode> objects() {
        Arbitrary<String> values = Arbitraries.of("1", "null", "\"x, \\\"y\\\" }\"", "[]", "[1,{\"a\":2}]", "{}", "{\"a\":1}", "{\"b\":{\"c\":[]}}", "\"€\"");
        Arbitrary<List<String>> names = Arbitraries.of("a", "b", "c", "é", "a.b").list().uniqueElements().ofMaxSize(4);
        return Combinators.combine(names, values.list().ofSize(4)).as((keys, texts) -> {
            ObjectNode object = JSON.createObjectNode();
            for (int i = 0; i < keys.size(); i++) {
                object.set(keys.get(i), parsed(texts.get(i)));
            }
            return object;
        });
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
