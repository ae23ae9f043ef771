package dev.openaigateway.openai.body;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class UrlEncodedFieldsTest {

    private static List<Map.Entry<String, String>> fields(String body) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        UrlEncodedFields.each(body.getBytes(StandardCharsets.UTF_8), fields::add);
        return fields;
    }

    @Test
    void shouldReadFieldsInTheirOrder() {
        assertThat(fields("a=1&b=%C3%A4+x;c=&=d&e&a=2=3")).containsExactly(Map.entry("a", "1"), Map.entry("b", "ä x"), Map.entry("c", ""), Map.entry("a", "2=3"));
        assertThat(fields("")).isEmpty();
        assertThat(fields("&&;")).isEmpty();
    }
}
